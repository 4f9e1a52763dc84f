#include "host/catalog/location.h"

#include <algorithm>

#include "base/error.h"
#include "manifests/finding.h"

namespace connhost {
namespace {

constexpr size_t kLongest = 2000;

Error Wrong(std::string_view text, const std::string& problem) {
  return Error(ErrorKind::kUsage, "'" + ShownText(text) + "' " + problem +
                                      "; expected a folder, file:///FOLDER or an address such as "
                                      "https://example.org/connectors");
}

bool IsAddressCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~:@/[]%!$&'()*+,;=").find(c) != std::string_view::npos;
}

void CheckAddress(std::string_view text) {
  const std::string_view rest = text.substr(text.find("://") + 3);
  if (rest.empty() || rest.front() == '/') throw Wrong(text, "names no host");
  if (rest.substr(0, rest.find('/')).find('@') != std::string_view::npos) {
    throw Wrong(text.substr(0, text.find("://") + 3),
                "with a name and password is not accepted, they would be kept in the clear");
  }
  if (text.size() > kLongest || !std::all_of(rest.begin(), rest.end(), IsAddressCharacter)) {
    throw Wrong(text,
                "is too long or holds characters that do not belong there (a query, a "
                "fragment, blanks)");
  }
}

}  // namespace

bool LooksLikeAddress(std::string_view text) {
  return text.find("://") != std::string_view::npos;
}

Location Location::Parse(std::string_view text) {
  if (text.empty()) throw Wrong(text, "is empty");
  if (text.starts_with("http://") || text.starts_with("https://")) {
    CheckAddress(text);
    while (text.ends_with('/')) text.remove_suffix(1);
    return {std::string(text), true};
  }
  std::string_view path = text;
  if (text.starts_with("file://")) {
    path.remove_prefix(7);
    if (!path.starts_with('/')) throw Wrong(text, "names another machine");
  } else if (LooksLikeAddress(text)) {
    throw Wrong(text, "has a scheme that is not served");
  }
  std::string absolute = std::filesystem::absolute(path).lexically_normal().string();
  if (absolute.size() > 1 && absolute.ends_with('/')) absolute.pop_back();
  return {std::move(absolute), false};
}

Location Location::operator/(std::string_view name) const {
  return {text_ + "/" + std::string(name), remote_};
}

}  // namespace connhost
