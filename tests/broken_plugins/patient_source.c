/* Waits for ever as the contract asks: looks at cancelled(). */
#include "plugin_kit.h"

#include <unistd.h>

KIT_READ(read_waits) {
  KIT_UNUSED();
  while (!kit_host->cancelled(kit_host)) usleep(1000);
  return CONNHOST_CANCELLED;
}

KIT_SOURCE(read_waits);
