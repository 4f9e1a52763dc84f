/* Writes a frame of its own making: "type", with an empty payload. */
#include "plugin_kit.h"

#include <unistd.h>

KIT_READ(read_forges) {
  struct {
    uint32_t length;
    uint16_t type;
    uint16_t flags;
    uint64_t argument;
  } header = {0, 0, 0, 0};
  KIT_UNUSED();
  header.type = (uint16_t)atoi(kit_option("type"));
  header.length = (uint32_t)strtoul(kit_option("length"), NULL, 10);
  if (write(3, &header, sizeof header) < 0) return kit_report("write", 1);
  return CONNHOST_OK;
}

KIT_SOURCE(read_forges);
