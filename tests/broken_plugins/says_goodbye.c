/* Logs at its very end: a hundred warnings while it is destroyed. */
#include "plugin_kit.h"

KIT_READ(read_nothing) {
  KIT_UNUSED();
  return CONNHOST_OK;
}

static void say_goodbye(void* instance) {
  int i;
  (void)instance;
  for (i = 0; i < 100; ++i) kit_host->log(kit_host, CONNHOST_LOG_WARN, kit_text("goodbye"));
}

static const connhost_source chatty = {kit_create, say_goodbye, kit_authenticate, kit_discover,
                                       read_nothing};

KIT_PLUGIN(&chatty, NULL);
