/* Writes bytes that are no frame to the host's socket. */
#include "plugin_kit.h"

#include <unistd.h>

KIT_READ(read_garbage) {
  char garbage[4096];
  KIT_UNUSED();
  memset(garbage, 0xa5, sizeof garbage);
  if (write(3, garbage, sizeof garbage) < 0) return kit_report("write", 1);
  return CONNHOST_OK;
}

KIT_SOURCE(read_garbage);
