/* Emits one record that no frame can hold. */
#include "plugin_kit.h"

static struct kit_batch batch;

KIT_READ(read_huge) {
  const size_t size = ((size_t)64 << 20) + 1;
  char* name = malloc(size);
  connhost_status status = kit_declare(output);
  (void)instance, (void)request;
  if (!name) return kit_fail(CONNHOST_CONFIG, "no memory");
  memset(name, 'x', size);
  if (status == CONNHOST_OK) {
    struct ArrowArray* all = kit_fill(&batch, 0, 1);
    batch.offsets[1] = (int32_t)size;
    batch.name_buffers[2] = name;
    status = output->emit(output, all, NULL);
  }
  free(name);
  return status;
}

KIT_SOURCE(read_huge);
