/* Dies in the middle of a frame. */
#include "plugin_kit.h"

#include <unistd.h>

KIT_READ(read_torn) {
  static const char half[8] = {64, 0, 0, 0, 8, 0, 0, 0};
  KIT_UNUSED();
  if (write(3, half, sizeof half) < 0) return kit_report("write", 1);
  _exit(0);
}

KIT_SOURCE(read_torn);
