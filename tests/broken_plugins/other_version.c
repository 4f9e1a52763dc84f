/* Says of itself another version than its manifest. */
#include "plugin_kit.h"

KIT_READ(read_nothing) {
  KIT_UNUSED();
  return CONNHOST_OK;
}

static const connhost_source source = {kit_create, kit_destroy, kit_authenticate, kit_discover,
                                       read_nothing};
const connhost_plugin connhost_plugin_v1 = {
    CONNHOST_ABI_MAJOR, CONNHOST_ABI_MINOR, "broken", "1.0.1", &source, NULL, NULL};
