// The library of a package that a worker loads.
#pragma once

#include <filesystem>
#include <string>

#include "host/store/package_paths.h"
#include "manifests/manifest.h"

namespace connhost {

struct PackageLibrary {
  std::filesystem::path path;
  std::string sha256;  // what SUMS promises; the worker compares it with what it loads
};

// The manifest's library for `platform`. Error{kUnsupported} when the manifest names none for it,
// Error{kConfig} when the package does not hold the file it names.
PackageLibrary FindLibrary(const PackagePaths& package, const Manifest& manifest,
                           const std::string& platform = CurrentPlatform());

}  // namespace connhost
