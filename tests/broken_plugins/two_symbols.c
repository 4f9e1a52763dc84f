/* Shows more than the one symbol: another plugin's function of that name could be called instead.
 */
#include "plugin_kit.h"

int helper(void);
int helper(void) {
  return 1;
}

KIT_READ(read_nothing) {
  KIT_UNUSED();
  return CONNHOST_OK;
}

KIT_SOURCE(read_nothing);
