// The configuration of the local-files source, checked.
#pragma once

#include <connhost/json.hpp>
#include <string>
#include <vector>

#include "plugins/local-files/path_pattern.h"

namespace connhost::local_files {

enum class Content { kText, kNone, kBase64 };

struct Settings {
  std::string path;  // the folder
  std::vector<PathPattern> include, exclude;
  size_t max_bytes = 0;  // larger files come without content
  Content content = Content::kText;
  bool hash = true;
  bool follow_symlinks = false;

  // Throws ConfigFailure with a sentence that names the field.
  static Settings From(const sdk::Json& config);

  // Whether a file or folder, by its path `name` below the root, is left out; a folder with all in
  // it.
  bool Excludes(const std::string& name, bool folder) const;
  // Whether a file that is not left out is taken.
  bool Includes(const std::string& name) const;
};

}  // namespace connhost::local_files
