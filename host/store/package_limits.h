// How much a package may hold. Format: docs/formats/package.md, "Limits".
#pragma once

#include <cstddef>
#include <cstdint>

namespace connhost {

struct PackageLimits {
  size_t most_entries = 4096;
  uint64_t most_bytes = uint64_t{256} << 20;  // unpacked with tar headers; and of the file itself
  uint64_t most_ratio = 200;                  // unpacked bytes for one packed byte ...
  uint64_t ratio_free_bytes = uint64_t{4} << 20;  // ... after this many
};

}  // namespace connhost
