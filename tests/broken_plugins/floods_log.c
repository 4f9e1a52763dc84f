/* Logs "lines" lines, then reads nothing. */
#include "plugin_kit.h"

KIT_READ(read_floods) {
  long lines = atol(kit_option("lines"));
  KIT_UNUSED();
  while (lines-- > 0) {
    kit_host->log(kit_host, CONNHOST_LOG_INFO, kit_text("the same line, again and again"));
  }
  return CONNHOST_OK;
}

KIT_SOURCE(read_floods);
