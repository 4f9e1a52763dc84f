#include "host/wire/utf8.h"

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace connhost {

bool IsAscii(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080U;
  std::array<uint64_t, 16> block;
  const char* at = text.data();
  size_t left = text.size();
  for (; left >= sizeof block; left -= sizeof block, at += sizeof block) {
    std::memcpy(block.data(), at, sizeof block);
    uint64_t seen = 0;
    for (const uint64_t word : block) seen |= word;
    if ((seen & kHighBits) != 0) return false;
  }
  unsigned char seen = 0;
  for (; left > 0; --left, ++at) seen |= static_cast<unsigned char>(*at);
  return seen < 0x80;
}

bool IsUtf8(std::string_view text) {
  return text.empty() || simdjson::validate_utf8(text.data(), text.size());
}

}  // namespace connhost
