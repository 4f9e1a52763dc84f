/* What the plugins of this folder share: a source that reads nothing, a two-column batch (id int64,
 * name utf8), and naive access to the configuration. Every plugin has one instance. */
#ifndef PLUGIN_KIT_H
#define PLUGIN_KIT_H

#include <connhost/plugin.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const connhost_host* kit_host;
static char kit_config[4096];
static int kit_instance;

static inline connhost_text kit_text(const char* text) {
  connhost_text view = {text, strlen(text)};
  return view;
}

static inline connhost_status kit_fail(connhost_status status, const char* sentence) {
  kit_host->fail(kit_host, kit_text(sentence), 0);
  return status;
}

/* Fails with "WHAT: EPERM", or "WHAT: worked" when nothing stood in the way. */
static inline connhost_status kit_report(const char* what, int failed) {
  char sentence[512];
  const char* name = failed ? strerrorname_np(errno) : "worked";
  snprintf(sentence, sizeof sentence, "%s: %s", what, name ? name : "?");
  return kit_fail(CONNHOST_CONFIG, sentence);
}

/* The text behind "key": in the configuration; "" without it. No escapes. */
static inline const char* kit_option(const char* key) {
  static char value[1024];
  char pattern[64];
  const char* at;
  size_t length;
  value[0] = 0;
  snprintf(pattern, sizeof pattern, "\"%s\":\"", key);
  at = strstr(kit_config, pattern);
  if (!at) return value;
  at += strlen(pattern);
  length = strcspn(at, "\"");
  if (length >= sizeof value) length = sizeof value - 1;
  memcpy(value, at, length);
  value[length] = 0;
  return value;
}

static inline connhost_status kit_create(const connhost_host* host, connhost_text config,
                                         void** instance) {
  size_t size = config.size < sizeof kit_config - 1 ? config.size : sizeof kit_config - 1;
  kit_host = host;
  memcpy(kit_config, config.data, size);
  kit_config[size] = 0;
  *instance = &kit_instance;
  return CONNHOST_OK;
}

static inline void kit_destroy(void* instance) {
  (void)instance;
}

static inline connhost_status kit_authenticate(void* instance) {
  (void)instance;
  return CONNHOST_OK;
}

static inline connhost_status kit_discover(void* instance, const connhost_catalog* catalog) {
  (void)instance;
  return catalog->stream(catalog, kit_text("{\"name\":\"numbers\",\"fields\":[]}"));
}

static inline void kit_release_schema(struct ArrowSchema* schema) {
  schema->release = NULL;
}
static inline void kit_release(struct ArrowArray* array) {
  array->release = NULL;
}

static inline connhost_status kit_declare(const connhost_output* output) {
  struct ArrowSchema id = {"l", "id", NULL, 0, 0, NULL, NULL, kit_release_schema, NULL};
  struct ArrowSchema name = {
      "u", "name", NULL, ARROW_FLAG_NULLABLE, 0, NULL, NULL, kit_release_schema, NULL};
  struct ArrowSchema* columns[2] = {&id, &name};
  struct ArrowSchema all = {"+s", "", NULL, 0, 2, columns, NULL, kit_release_schema, NULL};
  return output->schema(output, &all);
}

enum { KIT_MOST_ROWS = 8192 };

/* One batch; fill, change what is to be wrong, and emit. */
struct kit_batch {
  int64_t ids[KIT_MOST_ROWS];
  int32_t offsets[KIT_MOST_ROWS + 1];
  char names[KIT_MOST_ROWS * 8];
  const void* id_buffers[2];
  const void* name_buffers[3];
  const void* buffers[1];
  struct ArrowArray id;
  struct ArrowArray name;
  struct ArrowArray* columns[2];
  struct ArrowArray all;
};

static inline struct ArrowArray* kit_fill(struct kit_batch* batch, int64_t first, int64_t rows) {
  int64_t i;
  batch->offsets[0] = 0;
  for (i = 0; i < rows; ++i) {
    batch->ids[i] = first + i;
    memcpy(batch->names + i * 4, "name", 4);
    batch->offsets[i + 1] = (int32_t)(i + 1) * 4;
  }
  batch->id_buffers[0] = NULL;
  batch->id_buffers[1] = batch->ids;
  batch->name_buffers[0] = NULL;
  batch->name_buffers[1] = batch->offsets;
  batch->name_buffers[2] = batch->names;
  batch->buffers[0] = NULL;
  batch->columns[0] = &batch->id;
  batch->columns[1] = &batch->name;
  memset(&batch->id, 0, sizeof batch->id);
  batch->id.length = rows;
  batch->id.n_buffers = 2;
  batch->id.buffers = batch->id_buffers;
  batch->id.release = kit_release;
  batch->name = batch->id;
  batch->name.n_buffers = 3;
  batch->name.buffers = batch->name_buffers;
  batch->all = batch->id;
  batch->all.n_buffers = 1;
  batch->all.buffers = batch->buffers;
  batch->all.n_children = 2;
  batch->all.children = batch->columns;
  return &batch->all;
}

#ifdef __cplusplus
extern "C" CONNHOST_EXPORT const connhost_plugin connhost_plugin_v1;
#else
CONNHOST_EXPORT extern const connhost_plugin connhost_plugin_v1;
#endif

#define KIT_PLUGIN(source, destination)        \
  const connhost_plugin connhost_plugin_v1 = { \
      CONNHOST_ABI_MAJOR, CONNHOST_ABI_MINOR, "broken", "1.0.0", source, destination, NULL}

/* Exports a source of which `read` is the plugin's own. */
#define KIT_SOURCE(read)                                                                \
  static const connhost_source kit_source = {kit_create, kit_destroy, kit_authenticate, \
                                             kit_discover, read};                       \
  KIT_PLUGIN(&kit_source, NULL)

#define KIT_READ(name)                                                              \
  static connhost_status name(void* instance, const connhost_read_request* request, \
                              const connhost_output* output)
#define KIT_UNUSED() ((void)instance, (void)request, (void)output)

#endif
