// A stream of bytes, pulled block by block.
#pragma once

#include <string_view>

namespace connhost {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // The next block, valid until the next call; empty at the end, and from then on.
  virtual std::string_view Next() = 0;
};

}  // namespace connhost
