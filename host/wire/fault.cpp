#include "host/wire/fault.h"

#include "base/error.h"
#include "base/text.h"

namespace connhost {

void ThrowProtocolFault(const std::string& sentence) {
  throw Error(ErrorKind::kInternal, "protocol fault: " + sentence);
}

std::string QuoteName(std::string_view name) {
  constexpr size_t kLongest = 64;
  size_t length = name.size();
  if (length > kLongest) {
    length = kLongest;
    while (length > kLongest - 4 && (name[length] & 0xC0) == 0x80) --length;
  }
  std::string quoted = ReplaceInvalidUtf8(name.substr(0, length));
  for (char& c : quoted) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  quoted.insert(quoted.begin(), '\'');
  quoted += length < name.size() ? "...'" : "'";
  return quoted;
}

}  // namespace connhost
