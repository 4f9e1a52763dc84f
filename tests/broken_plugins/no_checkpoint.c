/* Emits records and ends without saying where to go on. */
#include "plugin_kit.h"

static struct kit_batch batch;

KIT_READ(read_forgets) {
  connhost_status status = kit_declare(output);
  (void)instance, (void)request;
  if (status == CONNHOST_OK) status = output->emit(output, kit_fill(&batch, 0, 3), NULL);
  return status;
}

KIT_SOURCE(read_forgets);
