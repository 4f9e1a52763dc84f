/* Declares its columns and dies in the middle of the next frame. */
#include "plugin_kit.h"

#include <unistd.h>

KIT_READ(read_torn) {
  static const char half[8] = {64, 0, 0, 0, 8, 0, 0, 0};
  (void)instance, (void)request;
  if (kit_declare(output) != CONNHOST_OK) return CONNHOST_CANCELLED;
  if (write(3, half, sizeof half) < 0) return kit_report("write", 1);
  _exit(0);
}

KIT_SOURCE(read_torn);
