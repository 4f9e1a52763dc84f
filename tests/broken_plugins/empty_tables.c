/* Has a table of calls without a single call. */
#include "plugin_kit.h"

static const connhost_source source = {NULL, NULL, NULL, NULL, NULL};
KIT_PLUGIN(&source, NULL);
