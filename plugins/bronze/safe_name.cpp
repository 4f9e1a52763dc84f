#include "safe_name.h"

#include "checksum.h"

namespace connhost::bronze {

namespace {

constexpr size_t kLongest = 200;
constexpr size_t kKeptOfLong = 167;  // leaves room for '~' and 32 digits

bool IsSafe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

}  // namespace

std::string SafeName(std::string_view name) {
  if (name.empty()) return "%";
  std::string safe;
  for (const char c : name) {
    if (IsSafe(c) && !(safe.empty() && c == '.')) {
      safe += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      safe += {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
    }
  }
  if (safe.size() <= kLongest) return safe;
  Checksum checksum;
  checksum.Update(name.data(), name.size());
  return safe.substr(0, kKeptOfLong) + "~" + checksum.Hex();
}

}  // namespace connhost::bronze
