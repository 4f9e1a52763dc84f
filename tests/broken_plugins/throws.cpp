/* Lets an exception leave read: "what" is std, number or memory. */
#include "plugin_kit.h"

#include <new>
#include <stdexcept>

KIT_READ(read_throws) {
  KIT_UNUSED();
  if (strcmp(kit_option("what"), "number") == 0) throw 42;
  if (strcmp(kit_option("what"), "memory") == 0) throw std::bad_alloc();
  throw std::runtime_error("thrown from read");
}

KIT_SOURCE(read_throws);
