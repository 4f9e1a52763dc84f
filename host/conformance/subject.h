// The connector under test: a package that is unpacked to a folder of its own, or a folder that
// `pack` would take, used where it lies. The registry and the store are not touched.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/files.h"
#include "host/store/package_paths.h"
#include "manifests/manifest.h"

namespace connhost {

class Subject {
 public:
  // Throws what OpenPackage, ReadPackage, ReadPackageManifest, CheckPackageName and
  // CheckNameAgainstManifest throw, and Error{kConfig} when the library for this platform lacks.
  explicit Subject(const std::filesystem::path& path);

  const PackagePaths& package() const { return package_; }
  const Manifest& manifest() const { return *manifest_; }
  bool is_folder() const { return is_folder_; }
  // "csv-1.0.0-linux-x86_64.connpkg: 3 files, 1.2 MiB".
  const std::string& summary() const { return summary_; }
  // The path of the library and its bytes' digest are in package(); this is its path.
  std::filesystem::path library() const;

 private:
  void Unpack(const std::filesystem::path& path);
  void Survey(const std::filesystem::path& folder);

  TemporaryDirectory unpacked_;
  PackagePaths package_;
  std::optional<Manifest> manifest_;
  std::string summary_;
  bool is_folder_ = false;
};

}  // namespace connhost
