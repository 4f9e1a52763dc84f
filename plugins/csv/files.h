// Which files the configured path means.
#pragma once

#include <string>
#include <vector>

#include "plugins/csv/config.h"

namespace connhost::csv {

struct FoundFile {
  std::string path;  // to open it
  std::string name;  // below the folder that the path names, for sentences and the state
  std::string stream;
};

// All files, by name. `path` is a file, a folder (its *.csv and *.tsv, also with .gz and .zst), or
// a pattern with *, ? and [...]. Throws ConfigFailure when there is none, or when two files would
// be the same stream though `stream` is not set.
std::vector<FoundFile> FindFiles(const Config& config);

}  // namespace connhost::csv
