/* Checkpoints a state of two mebibytes. */
#include "plugin_kit.h"

KIT_READ(read_state) {
  connhost_text state = {NULL, 2 << 20};
  char* bytes = malloc(state.size);
  connhost_status status;
  (void)instance, (void)request;
  if (!bytes) return kit_fail(CONNHOST_CONFIG, "no memory");
  memset(bytes, ' ', state.size);
  state.data = bytes;
  status = output->checkpoint(output, state);
  free(bytes);
  return status;
}

KIT_SOURCE(read_state);
