/* Writes "mebibytes" of lines to stdout, then reads nothing. */
#include "plugin_kit.h"

KIT_READ(read_floods) {
  long lines = atol(kit_option("mebibytes")) * 1024;
  char line[1025];
  connhost_status status;
  (void)instance, (void)request;
  memset(line, 'x', 1023);
  line[1023] = '\n';
  line[1024] = 0;
  while (lines-- > 0) fputs(line, stdout);
  fflush(stdout);
  status = kit_declare(output);
  return status == CONNHOST_OK ? output->checkpoint(output, kit_text("{}")) : status;
}

KIT_SOURCE(read_floods);
