/* Needs a function that no library has. */
#include "plugin_kit.h"

extern int function_that_nobody_defines(void);

KIT_READ(read_nothing) {
  KIT_UNUSED();
  return function_that_nobody_defines();
}

KIT_SOURCE(read_nothing);
