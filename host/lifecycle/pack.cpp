#include "host/lifecycle/pack.h"

#include "base/error.h"
#include "host/lifecycle/package_checks.h"
#include "host/lifecycle/package_library.h"
#include "host/store/file_tree.h"

namespace connhost {

WrittenPackage PackConnector(const std::filesystem::path& folder,
                             const std::filesystem::path& output_folder,
                             const std::string& platform) {
  if (!std::filesystem::is_directory(folder)) {
    throw Error(ErrorKind::kConfig, "cannot pack " + folder.string() + ": expected a folder");
  }
  const Manifest manifest = ReadPackageManifest(folder, (folder / "manifest.yaml").string());
  PackagePaths future{"", folder, {}};
  for (const TreeFile& file : ListTree(folder)) future.files.push_back({"", file.size, file.path});
  FindLibrary(future, manifest, platform);
  return WritePackage(folder, {manifest.id, manifest.version, platform}, output_folder);
}

}  // namespace connhost
