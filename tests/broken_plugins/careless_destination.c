/* Appends the marks (column 1) to the file "path"/marks as they come and keeps the last commit in
 * "path"/commit. "what" is uncut: what was not committed stays; eager: a write counts as a commit;
 * forgetful: it tells another state; miscounts: the receipt is wrong. */
#include "plugin_kit.h"

static int is(const char* what) {
  return strcmp(kit_option("what"), what) == 0;
}

static FILE* open_file(const char* name, const char* mode) {
  char path[1100];
  snprintf(path, sizeof path, "%s/%s", kit_option("path"), name);
  return fopen(path, mode);
}

static int64_t rows;

static connhost_status keep_commit(uint64_t sequence, connhost_text state) {
  FILE* file = open_file("commit", "wb");
  if (!file) return kit_report("commit", 1);
  fprintf(file, "%llu ", (unsigned long long)sequence);
  fwrite(state.data, 1, state.size, file);
  fclose(file);
  return CONNHOST_OK;
}

static connhost_status recover(void* instance, connhost_text stream,
                               const connhost_recovery* recovery) {
  static char text[(1 << 20) + 256];
  FILE* file = open_file("commit", "rb");
  connhost_text state;
  char* end;
  (void)instance, (void)stream;
  rows = 0;
  if (!file) return CONNHOST_OK;
  state.size = fread(text, 1, sizeof text - 1, file);
  text[state.size] = 0;
  fclose(file);
  state.data = strchr(text, ' ') + 1;
  state.size -= (uint64_t)(state.data - text);
  recovery->committed(recovery, strtoull(text, &end, 10),
                      is("forgetful") ? kit_text("{\"another\":1}") : state);
  return CONNHOST_OK;
}

static connhost_status open_stream(void* instance, const struct ArrowSchema* schema) {
  (void)instance;
  return schema->n_children == 2 ? CONNHOST_OK : kit_fail(CONNHOST_UNSUPPORTED, "two columns");
}

static connhost_status write_batch(void* instance, const struct ArrowArray* batch,
                                   const connhost_batch_info* info) {
  const int32_t* offsets = (const int32_t*)batch->children[1]->buffers[1];
  const char* bytes = (const char*)batch->children[1]->buffers[2];
  FILE* file = open_file("marks", "ab");
  (void)instance;
  if (!file) return kit_report("marks", 1);
  fwrite(bytes, 1, (size_t)offsets[batch->length], file);
  fclose(file);
  rows += batch->length;
  return is("eager") ? keep_commit(info->sequence, kit_text("{}")) : CONNHOST_OK;
}

static connhost_status commit(void* instance, const connhost_commit* what,
                              connhost_receipt* receipt) {
  (void)instance;
  receipt->records = (uint64_t)rows + (is("miscounts") ? 1 : 0);
  rows = 0;
  return keep_commit(what->sequence, what->state);
}

static const connhost_destination destination = {
    kit_create, kit_destroy, kit_authenticate, recover, open_stream, write_batch, commit};
KIT_PLUGIN(NULL, &destination);
