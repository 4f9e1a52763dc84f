/* Emits a batch before it has declared the columns. */
#include "plugin_kit.h"

static struct kit_batch batch;

KIT_READ(read_hasty) {
  (void)instance, (void)request;
  return output->emit(output, kit_fill(&batch, 0, 3), NULL);
}

KIT_SOURCE(read_hasty);
