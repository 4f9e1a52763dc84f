/* Computes for ever without a call to the host. */
#include "plugin_kit.h"

static volatile unsigned long turns;

KIT_READ(read_spins) {
  KIT_UNUSED();
  for (;;) ++turns;
  return CONNHOST_OK;
}

KIT_SOURCE(read_spins);
