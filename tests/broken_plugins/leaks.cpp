/* Allocates until it is stopped, in the call or ("where":"thread") beside it. */
#include "plugin_kit.h"

#include <memory>
#include <thread>
#include <vector>

static void leak() {
  static std::vector<std::unique_ptr<char[]>> blocks;
  for (;;) {
    blocks.push_back(std::make_unique<char[]>(1 << 20));
    blocks.back()[0] = 1;
  }
}

KIT_READ(read_leaks) {
  KIT_UNUSED();
  if (strcmp(kit_option("where"), "thread") == 0) {
    std::thread(leak).join();
  } else {
    leak();
  }
  return CONNHOST_OK;
}

KIT_SOURCE(read_leaks);
