// The packages that come with the host, so that a connector can be installed by its name.
#pragma once

#include <filesystem>
#include <vector>

#include "host/store/package_name.h"

namespace connhost {

struct ShippedPackage {
  PackageName name;
  std::filesystem::path path;
};

// Every file in `folders` whose name is a package's, folder by folder, by name within one. Folders
// that do not exist or cannot be read count as empty. No file is opened.
std::vector<ShippedPackage> ListShippedPackages(const std::vector<std::filesystem::path>& folders);

}  // namespace connhost
