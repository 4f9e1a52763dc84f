#include "host/store/refusal.h"

namespace connhost {

std::string PrintableName(std::string_view name) {
  static constexpr char kHex[] = "0123456789abcdef";
  static constexpr size_t kLongest = 100;
  std::string text = "'";
  for (const char c : name.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte <= 0x7e) {
      text += c;
    } else {
      text += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  if (name.size() > kLongest) text += "...";
  return text + "'";
}

Error RefusePackage(const std::string& package, const std::string& problem) {
  return Error(
      ErrorKind::kPolicy,
      package + ": " + problem +
          "; nothing of it was kept: get the package again from its publisher, or build it "
          "again with 'connhost pack'");
}

Error RefuseEntry(const std::string& package, std::string_view entry, const std::string& problem) {
  return RefusePackage(package, "entry " + PrintableName(entry) + ": " + problem);
}

Error StorageError(const std::string& action) {
  return ErrnoError(ErrorKind::kTransient, action);
}

}  // namespace connhost
