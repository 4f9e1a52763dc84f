// What is in a file: content and hash.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plugins/local-files/folder_walk.h"
#include "plugins/local-files/settings.h"

namespace connhost::local_files {

struct FileContent {
  std::string hash;                    // "xxh128:" and 32 hex digits, "" when not wanted
  std::optional<std::string> content;  // none: not wanted, too large, or no text
  int fault = 0;                       // errno when the file could not be read
};

// Reads no more than is needed. The content belongs to the size the file has while it is read.
FileContent ReadContent(const FoundFile& file, const Settings& settings);

// Valid UTF-8 (RFC 3629) without a NUL byte in the first 8 KiB.
bool IsText(std::string_view bytes);
bool IsUtf8(std::string_view bytes);

std::string Base64(std::string_view bytes);

}  // namespace connhost::local_files
