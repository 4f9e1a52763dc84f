/* Emits a batch that is not what it says: "what" names the lie. */
#include "plugin_kit.h"

static struct kit_batch batch;

static void lie(const char* what, struct ArrowArray* all) {
  if (strcmp(what, "falling") == 0) batch.offsets[1] = 9;
  if (strcmp(what, "first") == 0) batch.offsets[0] = 1;
  if (strcmp(what, "negative") == 0) batch.offsets[3] = -4;
  if (strcmp(what, "far") == 0) batch.offsets[3] = 0x3000000;
  if (strcmp(what, "rows") == 0) all->length = batch.id.length = batch.name.length = 2147483648LL;
  if (strcmp(what, "utf8") == 0) batch.names[5] = (char)0xff;
  if (strcmp(what, "release") == 0) all->release = NULL;
  if (strcmp(what, "children") == 0) all->children = NULL;
  if (strcmp(what, "nulls") == 0) batch.id.null_count = 2;
}

KIT_READ(read_lies) {
  connhost_status status = kit_declare(output);
  struct ArrowArray* all = kit_fill(&batch, 0, 3);
  (void)instance, (void)request;
  lie(kit_option("what"), all);
  if (status == CONNHOST_OK) status = output->emit(output, all, NULL);
  return status == CONNHOST_OK ? output->checkpoint(output, kit_text("{}")) : status;
}

KIT_SOURCE(read_lies);
