// Where a catalog or a package lies: a folder of this machine, or an address.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace connhost {

class Location {
 public:
  // A path, file://PATH, http://... or https://... Paths become absolute. Error{kUsage} on another
  // scheme, on a query or fragment, on a name and password (they would be kept in the clear), and
  // on characters that no address has.
  static Location Parse(std::string_view text);

  bool remote() const { return remote_; }
  // An address without a closing '/', or an absolute path.
  const std::string& text() const { return text_; }
  // REQUIRES !remote().
  std::filesystem::path path() const { return text_; }
  // The file of that name in it.
  Location operator/(std::string_view name) const;

 private:
  Location(std::string text, bool remote) : text_(std::move(text)), remote_(remote) {}

  std::string text_;
  bool remote_ = false;
};

// True for what `install` takes as an address: a text that starts with SCHEME://.
bool LooksLikeAddress(std::string_view text);

}  // namespace connhost
