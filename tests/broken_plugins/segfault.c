/* Writes to a null pointer, in the call that "where" names. */
#include "plugin_kit.h"

#include <signal.h>

static volatile int* nowhere;

static void crash_in(const char* where) {
  if (strcmp(kit_option("where"), where) != 0) return;
  /* A sanitizer would report the access and exit; the signal is what this is about. */
  signal(SIGSEGV, SIG_DFL);
  if (!nowhere) raise(SIGSEGV);
}

static connhost_status create_crashes(const connhost_host* host, connhost_text config,
                                      void** instance) {
  connhost_status status = kit_create(host, config, instance);
  crash_in("create");
  return status;
}

KIT_READ(read_crashes) {
  KIT_UNUSED();
  crash_in("read");
  return CONNHOST_OK;
}

static const connhost_source source = {create_crashes, kit_destroy, kit_authenticate, kit_discover,
                                       read_crashes};
KIT_PLUGIN(&source, NULL);
