// The packages that come with the host, so that a connector can be installed by its name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/lifecycle/connector_name.h"
#include "host/store/package_name.h"

namespace connhost {

struct ShippedPackage {
  PackageName name;
  std::filesystem::path path;
};

// Every file in `folders` whose name is a package's, folder by folder, by name within one. Folders
// that do not exist or cannot be read count as empty. No file is opened.
std::vector<ShippedPackage> ListShippedPackages(const std::vector<std::filesystem::path>& folders);

// The package of `wanted` for `platform`: the version asked for, else the best one
// (version_choice.h); of equal ones that of the first folder. Throws Error{kConfig} that says what
// is there instead, with a near miss, and which folders were looked in; Error{kUnsupported} when
// only other platforms have it.
std::filesystem::path FindShippedPackage(const std::vector<std::filesystem::path>& folders,
                                         const ConnectorName& wanted, const std::string& platform);

}  // namespace connhost
