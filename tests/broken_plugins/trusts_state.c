/* Takes every state for one of its own: what is no number ends the process. */
#include "plugin_kit.h"

static struct kit_batch batch;

KIT_READ(read_numbers) {
  connhost_status status = kit_declare(output);
  (void)instance;
  if (request->state.size && (request->state.data[0] < '0' || request->state.data[0] > '9'))
    abort();
  if (status == CONNHOST_OK) status = output->emit(output, kit_fill(&batch, 0, 3), NULL);
  return status == CONNHOST_OK ? output->checkpoint(output, kit_text("3")) : status;
}

KIT_SOURCE(read_numbers);
