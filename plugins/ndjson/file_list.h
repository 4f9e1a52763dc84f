// Which files a path means, and which stream each feeds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plugins/ndjson/settings.h"

namespace connhost::ndjson {

struct InputFile {
  std::string path;    // to open
  std::string name;    // below the folder that the path names; unique, the order of reading
  std::string stream;  // the configured one, else the file's stem
  uint64_t size = 0;   // bytes now, for progress
};

// The files of a folder that end in .ndjson, .jsonl or .json (also with .gz or .zst), not those of
// its subfolders; or every regular file that matches the pattern, where ** stands for folders of
// any depth (links to folders are not followed there); or the one file. A path that exists is taken
// as it stands, whatever characters it has. Sorted by name. Throws ConfigFailure when the path, or
// the folder before the first wildcard, cannot be read; an empty list is no failure.
std::vector<InputFile> ListFiles(const Settings& settings);

// "sub/orders.ndjson.gz" -> "orders".
std::string StemOf(const std::string& name);

}  // namespace connhost::ndjson
