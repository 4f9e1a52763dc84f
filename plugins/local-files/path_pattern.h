// Patterns of paths, as in .gitignore.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace connhost::local_files {

// `*`, `?` and `[...]` match within one name; `**` as a whole name matches any number of folders. A
// pattern without `/` (but at its end) matches the name at any depth, any other from the root. With
// `/` at its end it matches folders only. Negation with `!` does not exist. Immutable.
class PathPattern {
 public:
  explicit PathPattern(std::string_view text);

  // `path` is relative, without `/` at its ends.
  bool Matches(std::string_view path, bool folder) const;

 private:
  std::vector<std::string> names_;
  bool folders_only_ = false;
};

}  // namespace connhost::local_files
