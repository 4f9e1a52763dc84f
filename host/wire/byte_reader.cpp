#include "host/wire/byte_reader.h"

#include <string>

#include "host/wire/fault.h"
#include "host/wire/utf8.h"

namespace connhost {

std::string_view ByteReader::Take(uint64_t count) {
  if (count > rest_.size()) {
    ThrowProtocolFault(std::string(what_) + " ends too early: expected " + std::to_string(count) +
                       " more bytes, found " + std::to_string(rest_.size()));
  }
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

void ByteReader::End() const {
  if (done()) return;
  ThrowProtocolFault(std::string(what_) + " has " + std::to_string(rest_.size()) +
                     " bytes after its end");
}

std::string_view ByteReader::Text(std::string_view bytes) const {
  if (!IsUtf8(bytes)) ThrowProtocolFault(std::string(what_) + " holds text that is not UTF-8");
  return bytes;
}

}  // namespace connhost
