/* Logs "lines" lines, each of "bytes" bytes where that is given, then reads nothing. */
#include "plugin_kit.h"

KIT_READ(read_floods) {
  static char line[8192];
  long lines = atol(kit_option("lines"));
  size_t bytes = (size_t)atol(kit_option("bytes"));
  connhost_text text = kit_text("the same line, again and again");
  KIT_UNUSED();
  if (bytes > 0 && bytes <= sizeof line) {
    memset(line, 'x', bytes);
    text.data = line;
    text.size = bytes;
  }
  while (lines-- > 0) kit_host->log(kit_host, CONNHOST_LOG_INFO, text);
  return CONNHOST_OK;
}

KIT_SOURCE(read_floods);
