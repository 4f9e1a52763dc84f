/* Five batches of two rows, a checkpoint after each, and a read that goes on at the wrong place:
 * "what" is loses, doubles or forgets. */
#include "plugin_kit.h"

static struct kit_batch batch;

KIT_READ(read_numbers) {
  const char* what = kit_option("what");
  long done = request->state.size ? atol(request->state.data) : 0;
  connhost_status status = kit_declare(output);
  (void)instance;
  if (done > 0 && strcmp(what, "loses") == 0) ++done;
  if (done > 0 && strcmp(what, "doubles") == 0) --done;
  if (strcmp(what, "forgets") == 0) done = 0;
  for (; status == CONNHOST_OK && done < 5; ++done) {
    char state[32];
    status = output->emit(output, kit_fill(&batch, done * 2, 2), NULL);
    if (status != CONNHOST_OK) break;
    snprintf(state, sizeof state, "%ld", done + 1);
    status = output->checkpoint(output, kit_text(state));
  }
  return status == CONNHOST_OK ? output->checkpoint(output, kit_text("5")) : status;
}

KIT_SOURCE(read_numbers);
