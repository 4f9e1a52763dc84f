/* Emits for ever. "cancel": obey ends when asked; deny goes on and returns OK; ignore never ends.
 */
#include "plugin_kit.h"

static struct kit_batch batch;

KIT_READ(read_endless) {
  char how[16];
  int after = 0;
  connhost_status status = kit_declare(output);
  (void)instance, (void)request;
  snprintf(how, sizeof how, "%s", kit_option("cancel"));
  for (;;) {
    status = output->emit(output, kit_fill(&batch, 0, KIT_MOST_ROWS), NULL);
    if (status == CONNHOST_OK) status = output->checkpoint(output, kit_text("{}"));
    if (status == CONNHOST_OK || strcmp(how, "ignore") == 0) continue;
    if (strcmp(how, "deny") != 0) return status;
    if (++after == 100) return CONNHOST_OK;
  }
}

KIT_SOURCE(read_endless);
