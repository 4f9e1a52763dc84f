/* Ends the process in read: "how" is exit or _exit, with "code". */
#include "plugin_kit.h"

#include <unistd.h>

KIT_READ(read_exits) {
  int code = atoi(kit_option("code"));
  KIT_UNUSED();
  if (strcmp(kit_option("how"), "_exit") == 0) _exit(code);
  exit(code);
}

KIT_SOURCE(read_exits);
