/* Opens "path", which may be another tenant's, and emits what it finds there as a record. */
#include "plugin_kit.h"

#include <fcntl.h>
#include <unistd.h>

static struct kit_batch batch;

KIT_READ(read_loot) {
  char loot[4096];
  ssize_t size;
  connhost_status status;
  int fd = open(kit_option("path"), O_RDONLY);
  (void)instance, (void)request;
  if (fd < 0) return kit_report("loot", 1);
  size = read(fd, loot, sizeof loot);
  close(fd);
  if (size < 0) return kit_report("loot", 1);
  status = kit_declare(output);
  if (status == CONNHOST_OK) {
    struct ArrowArray* all = kit_fill(&batch, 0, 1);
    batch.offsets[1] = (int32_t)size;
    batch.name_buffers[2] = loot;
    status = output->emit(output, all, NULL);
  }
  return status == CONNHOST_OK ? output->checkpoint(output, kit_text("{}")) : status;
}

KIT_SOURCE(read_loot);
