/* Keeps the contract: emits one row and a checkpoint for each of the files 1, 2, 3, ... of the
 * folder "path" as they appear, and ends with the file "end". */
#include "plugin_kit.h"

#include <unistd.h>

static struct kit_batch batch;

static int is_there(const char* name) {
  char path[1100];
  snprintf(path, sizeof path, "%s/%s", kit_option("path"), name);
  return access(path, F_OK) == 0;
}

KIT_READ(read_files) {
  long row = request->state.size ? atol(request->state.data) : 1;
  connhost_status status = kit_declare(output);
  (void)instance;
  while (status == CONNHOST_OK) {
    char name[32];
    int ends = is_there("end"); /* looked for first: the file before it is not to be missed */
    snprintf(name, sizeof name, "%ld", row);
    if (is_there(name)) {
      status = output->emit(output, kit_fill(&batch, row, 1), NULL);
      snprintf(name, sizeof name, "%ld", ++row);
      if (status == CONNHOST_OK) status = output->checkpoint(output, kit_text(name));
    } else if (ends) {
      break;
    } else if (kit_host->cancelled(kit_host)) {
      return CONNHOST_CANCELLED;
    } else {
      usleep(1000);
    }
  }
  return status;
}

KIT_SOURCE(read_files);
