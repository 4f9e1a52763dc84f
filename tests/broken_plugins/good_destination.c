/* Keeps the contract: counts rows, rejects those whose id is divisible by "reject", keeps the last
 * commit in memory. */
#include "plugin_kit.h"

static uint64_t rows;
static uint64_t last_sequence;
static char last_state[256];

static connhost_status recover(void* instance, connhost_text stream,
                               const connhost_recovery* recovery) {
  (void)instance, (void)stream;
  if (last_sequence) recovery->committed(recovery, last_sequence, kit_text(last_state));
  return CONNHOST_OK;
}

static connhost_status open_stream(void* instance, const struct ArrowSchema* schema) {
  (void)instance;
  if (schema->n_children == 2) return CONNHOST_OK;
  return kit_fail(CONNHOST_CONFIG, "expected two columns");
}

static connhost_status write_batch(void* instance, const struct ArrowArray* batch,
                                   const connhost_batch_info* info) {
  const int64_t* ids = (const int64_t*)batch->children[0]->buffers[1];
  int64_t divisor = atol(kit_option("reject"));
  int64_t i;
  (void)instance;
  for (i = 0; i < batch->length; ++i) {
    if (divisor && ids[i] % divisor == 0) {
      info->reject(info, (uint64_t)i, kit_text("divisible"), kit_text("the id is divisible"));
    } else {
      ++rows;
    }
  }
  if (strcmp(kit_option("fail"), "write") != 0) return CONNHOST_OK;
  return kit_fail(CONNHOST_TRANSIENT, "the disk is full");
}

static connhost_status commit(void* instance, const connhost_commit* what,
                              connhost_receipt* receipt) {
  (void)instance;
  last_sequence = what->sequence;
  snprintf(last_state, sizeof last_state, "%.*s", (int)what->state.size, what->state.data);
  receipt->records = rows;
  receipt->bytes = rows * 8;
  rows = 0;
  return CONNHOST_OK;
}

static const connhost_destination destination = {
    kit_create, kit_destroy, kit_authenticate, recover, open_stream, write_batch, commit};
KIT_PLUGIN(NULL, &destination);
