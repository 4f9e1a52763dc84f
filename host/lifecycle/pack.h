// What `pack` does: from a connector's folder to its package.
#pragma once

#include <filesystem>
#include <string>

#include "host/store/package_writer.h"
#include "manifests/manifest.h"

namespace connhost {

// Reads the manifest in `folder` for the name, sees that the library for `platform` is there, and
// writes the package into `output_folder`. Throws what ReadPackageManifest and WritePackage throw,
// Error{kUnsupported} and Error{kConfig} about the library.
WrittenPackage PackConnector(const std::filesystem::path& folder,
                             const std::filesystem::path& output_folder,
                             const std::string& platform = CurrentPlatform());

}  // namespace connhost
