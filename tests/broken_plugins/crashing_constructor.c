/* Crashes while it is loaded, before anything was called. */
#include <signal.h>

#include "plugin_kit.h"

__attribute__((constructor)) static void crash(void) {
  raise(SIGSEGV);
}

KIT_READ(read_nothing) {
  KIT_UNUSED();
  return CONNHOST_OK;
}

KIT_SOURCE(read_nothing);
