/* Fails with "status" and says nothing. */
#include "plugin_kit.h"

KIT_READ(read_silent) {
  KIT_UNUSED();
  return atoi(kit_option("status"));
}

KIT_SOURCE(read_silent);
