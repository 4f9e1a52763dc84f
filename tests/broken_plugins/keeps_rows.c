/* Remembers each of its "rows" batches: its memory grows with what it reads. */
#include "plugin_kit.h"

static struct kit_batch batch;
static void* kept;

KIT_READ(read_numbers) {
  const size_t size = (size_t)1 << 20;
  long rows = atol(kit_option("rows"));
  connhost_status status = kit_declare(output);
  long i;
  (void)instance, (void)request;
  for (i = 0; status == CONNHOST_OK && i < rows; ++i) {
    void** more = malloc(size);
    if (!more) return kit_fail(CONNHOST_TRANSIENT, "no memory");
    memset(more, 1, size);
    *more = kept;
    kept = more;
    status = output->emit(output, kit_fill(&batch, i, 1), NULL);
  }
  return status == CONNHOST_OK ? output->checkpoint(output, kit_text("{}")) : status;
}

KIT_SOURCE(read_numbers);
