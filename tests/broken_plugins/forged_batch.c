/* Declares its columns as it should and then writes a BATCH frame past the worker's checks: "what"
 * names the claim that nothing stands behind. */
#include "plugin_kit.h"

#include <unistd.h>

struct forged_column {
  uint32_t nulls;
  uint32_t zero;
  uint64_t validity_bytes;
  uint64_t data_bytes;
};

struct forged {
  uint32_t length;
  uint16_t type;
  uint16_t flags;
  uint64_t argument;
  uint32_t rows;
  uint32_t columns;
  uint64_t emitted_at;
  uint64_t first;
  uint32_t origin_bytes;
  uint32_t zero;
  struct forged_column id;
  struct forged_column name;
  int64_t ids[1];
  int32_t offsets[2];
  char names[8];
};

KIT_READ(read_forges) {
  const char* what = kit_option("what");
  struct forged frame;
  (void)instance, (void)request;
  memset(&frame, 0, sizeof frame);
  frame.length = sizeof frame - 16;
  frame.type = 8;
  frame.rows = 1;
  frame.columns = 2;
  frame.id.data_bytes = 8;
  frame.name.data_bytes = frame.offsets[1] = 4;
  memcpy(frame.names, "name", 4);
  if (strcmp(what, "rows") == 0) frame.rows = 0x80000000;
  if (strcmp(what, "columns") == 0) frame.columns = 0xffffffff;
  if (strcmp(what, "data") == 0) frame.name.data_bytes = 0xfffffffffffffff8;
  if (strcmp(what, "offsets") == 0) frame.offsets[1] = 0x7ffffff0;
  if (strcmp(what, "nulls") == 0) frame.id.nulls = 1;
  if (strcmp(what, "origin") == 0) frame.origin_bytes = 0xfffffff8;
  if (strcmp(what, "length") == 0) frame.length = 0x7fffffff;
  if (kit_declare(output) != CONNHOST_OK) return CONNHOST_CANCELLED;
  if (write(3, &frame, sizeof frame) < 0) return kit_report("write", 1);
  return output->checkpoint(output, kit_text("{}"));
}

KIT_SOURCE(read_forges);
