// Where the files of one unpacked package lie.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "host/store/sums.h"

namespace connhost {

struct PackagePaths {
  std::string digest;          // of the package
  std::filesystem::path root;  // the folder; read-only
  std::vector<Sum> files;      // as SUMS lists them: path, size and expected sha256, sorted

  std::filesystem::path manifest() const { return root / "manifest.yaml"; }
  const Sum* Find(std::string_view path) const { return FindSum(files, path); }
};

}  // namespace connhost
