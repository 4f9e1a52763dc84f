/* Uses the console, granted or not. */
#include "plugin_kit.h"

KIT_READ(read_talks) {
  const connhost_console* console =
      (const connhost_console*)kit_host->extension(kit_host, CONNHOST_CONSOLE_1);
  KIT_UNUSED();
  if (!console) return kit_fail(CONNHOST_UNSUPPORTED, "no console");
  return console->write(kit_host, kit_text("hello, console\n"));
}

KIT_SOURCE(read_talks);
