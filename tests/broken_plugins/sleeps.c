/* Sleeps for ever; tells that it is awake on stdout only, which is no sign of life. */
#include "plugin_kit.h"

#include <unistd.h>

KIT_READ(read_sleeps) {
  KIT_UNUSED();
  for (;;) {
    usleep(50 * 1000);
    printf("still here\n");
    fflush(stdout);
  }
  return CONNHOST_OK;
}

KIT_SOURCE(read_sleeps);
