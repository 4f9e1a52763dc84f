/* A destination that fails in "where": crash, silent, rows, twice, spin. */
#include "plugin_kit.h"

#include <signal.h>

static int is(const char* where) {
  return strcmp(kit_option("where"), where) == 0;
}

static connhost_status recover(void* instance, connhost_text stream,
                               const connhost_recovery* recovery) {
  (void)instance, (void)stream;
  if (is("twice")) {
    recovery->committed(recovery, 1, kit_text("{}"));
    recovery->committed(recovery, 2, kit_text("{}"));
  }
  return CONNHOST_OK;
}

static connhost_status open_stream(void* instance, const struct ArrowSchema* schema) {
  (void)instance, (void)schema;
  return CONNHOST_OK;
}

static connhost_status write_batch(void* instance, const struct ArrowArray* batch,
                                   const connhost_batch_info* info) {
  (void)instance;
  if (is("crash")) raise(SIGBUS);
  if (is("silent")) return CONNHOST_THROTTLED;
  if (is("rows")) {
    info->reject(info, (uint64_t)batch->length, kit_text("far"), kit_text("beyond the end"));
  }
  while (is("spin")) {
  }
  return CONNHOST_OK;
}

static connhost_status commit(void* instance, const connhost_commit* what,
                              connhost_receipt* receipt) {
  (void)instance, (void)what, (void)receipt;
  return CONNHOST_OK;
}

static const connhost_destination destination = {
    kit_create, kit_destroy, kit_authenticate, recover, open_stream, write_batch, commit};
KIT_PLUGIN(NULL, &destination);
