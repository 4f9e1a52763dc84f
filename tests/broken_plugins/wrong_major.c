/* Was built for a contract that does not exist yet. */
#include "plugin_kit.h"

const connhost_plugin connhost_plugin_v1 = {99, 0, "broken", "1.0.0", NULL, NULL, NULL};
