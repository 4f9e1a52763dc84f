// Packs a folder into a package. Format: docs/formats/package.md.
#pragma once

#include <filesystem>
#include <string>

#include "host/store/package_limits.h"
#include "host/store/package_name.h"

namespace connhost {

struct WrittenPackage {
  std::filesystem::path path;
  std::string digest;  // SHA-256 of the file
  uint64_t size = 0;
};

// Packs `folder` (manifest.yaml, lib/, and, when there, data/, README.md, LICENSE; anything else at
// the top, a link or a special file is Error{kConfig} that names it) as `output_folder`/NAME. A
// SUMS in the folder is left out: a new one is written. The manifest is not read here: `name` says
// what the package is called. The same folder gives the same bytes, whatever its times and owner.
// The result is read back with ReadPackage before it appears under its name, so that what was
// written can be installed. Throws Error{kTransient} when the disk is full.
WrittenPackage WritePackage(const std::filesystem::path& folder, const PackageName& name,
                            const std::filesystem::path& output_folder,
                            const PackageLimits& limits = {});

}  // namespace connhost
