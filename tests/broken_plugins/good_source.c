/* Keeps the contract: "batches" batches of "rows" rows, a checkpoint after each, goes on from the
 * number in the state. */
#include "plugin_kit.h"

static struct kit_batch batch;

KIT_READ(read_numbers) {
  long batches = atol(kit_option("batches"));
  long rows = atol(kit_option("rows"));
  long done = request->state.size ? atol(request->state.data) : 0;
  connhost_status status = kit_declare(output);
  (void)instance;
  kit_host->log(kit_host, CONNHOST_LOG_INFO, kit_text("reading numbers"));
  for (; status == CONNHOST_OK && done < batches; ++done) {
    char state[32];
    connhost_origin origin = {{"numbers", 7}, (uint64_t)(done * rows + 1)};
    status = output->emit(output, kit_fill(&batch, done * rows, rows), &origin);
    if (status != CONNHOST_OK) break;
    output->progress(output, (uint64_t)done + 1, (uint64_t)batches);
    snprintf(state, sizeof state, "%ld", done + 1);
    status = output->checkpoint(output, kit_text(state));
  }
  return status;
}

KIT_SOURCE(read_numbers);
