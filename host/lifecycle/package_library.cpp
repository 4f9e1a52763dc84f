#include "host/lifecycle/package_library.h"

#include "base/error.h"
#include "base/text.h"

namespace connhost {

PackageLibrary FindLibrary(const PackagePaths& package, const Manifest& manifest,
                           const std::string& platform) {
  const std::string who = manifest.id + " " + manifest.version;
  const auto library = manifest.platforms.find(platform);
  if (library == manifest.platforms.end()) {
    std::vector<std::string> others;
    for (const auto& [name, path] : manifest.platforms) others.push_back(name);
    throw Error(ErrorKind::kUnsupported, who + ": expected a library for " + platform +
                                             " under 'platforms' in its manifest, found " +
                                             (others.empty() ? "none" : JoinWords(others)) +
                                             "; get a package built for this platform");
  }
  const Sum* const sum = package.Find(library->second);
  if (sum == nullptr) {
    throw Error(ErrorKind::kConfig,
                who + ": its manifest names the library '" + library->second + "' for " + platform +
                    ", but the package does not hold it; build the package again "
                    "with the library in place");
  }
  return {package.root / sum->path, sum->sha256};
}

}  // namespace connhost
