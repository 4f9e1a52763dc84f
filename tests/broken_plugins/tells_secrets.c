/* Repeats its "password": "what" is log, state or sentence. */
#include "plugin_kit.h"

KIT_READ(read_nothing) {
  char password[256], text[512];
  connhost_status status = kit_declare(output);
  (void)instance, (void)request;
  snprintf(password, sizeof password, "%s", kit_option("password"));
  snprintf(text, sizeof text, "{\"signed in as\":\"%s\"}", password);
  if (strcmp(kit_option("what"), "sentence") == 0) return kit_fail(CONNHOST_AUTH, text);
  if (strcmp(kit_option("what"), "state") == 0) return output->checkpoint(output, kit_text(text));
  kit_host->log(kit_host, CONNHOST_LOG_INFO, kit_text(text));
  return status == CONNHOST_OK ? output->checkpoint(output, kit_text("{}")) : status;
}

KIT_SOURCE(read_nothing);
