/* Says something and aborts in read. */
#include "plugin_kit.h"

KIT_READ(read_aborts) {
  KIT_UNUSED();
  fprintf(stderr, "assertion failed: the moon is full\n");
  abort();
}

KIT_SOURCE(read_aborts);
