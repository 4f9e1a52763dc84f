/* Closes the host's socket and lives on. */
#include "plugin_kit.h"

#include <unistd.h>

KIT_READ(read_closes) {
  KIT_UNUSED();
  close(3);
  for (;;) pause();
  return CONNHOST_OK;
}

KIT_SOURCE(read_closes);
