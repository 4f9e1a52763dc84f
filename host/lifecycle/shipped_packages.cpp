#include "host/lifecycle/shipped_packages.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "host/lifecycle/version_choice.h"
#include "host/store/file_tree.h"

namespace connhost {
namespace {

using Folders = std::vector<std::filesystem::path>;

std::string LookedIn(const Folders& folders) {
  if (folders.empty()) return "no folder of shipped packages is set up";
  std::vector<std::string> names;
  for (const auto& folder : folders) names.push_back(folder.string());
  return "looked in " + JoinWords(names);
}

// One value of each package, sorted, without repeats.
template <typename Get>
std::vector<std::string> Distinct(const std::vector<ShippedPackage>& packages, Get get) {
  std::set<std::string> values;
  for (const ShippedPackage& package : packages) values.insert(get(package.name));
  return {values.begin(), values.end()};
}

Error UnknownName(const std::vector<ShippedPackage>& all, const Folders& folders,
                  const std::string& id) {
  const auto ids = Distinct(all, [](const PackageName& name) { return name.id; });
  return Error(ErrorKind::kConfig,
               "no shipped package is called '" + id + "'" + DidYouMean(id, ids) + "; " +
                   LookedIn(folders) +
                   (ids.empty() ? ", found none" : ", found " + JoinWords(ids)) +
                   "; give the file of a package to install another");
}

}  // namespace

std::vector<ShippedPackage> ListShippedPackages(const Folders& folders) {
  std::vector<ShippedPackage> packages;
  for (const auto& folder : folders) {
    std::error_code unreadable;
    if (!std::filesystem::is_directory(folder, unreadable)) continue;
    try {
      for (const std::string& name : ListNames(folder)) {
        if (const auto parsed = ParsePackageName(name))
          packages.push_back({*parsed, folder / name});
      }
    } catch (const Error&) {
      // An unreadable folder must not keep the others.
    }
  }
  return packages;
}

std::filesystem::path FindShippedPackage(const Folders& folders, const ConnectorName& wanted,
                                         const std::string& platform) {
  const std::vector<ShippedPackage> all = ListShippedPackages(folders);
  std::vector<ShippedPackage> named;
  std::copy_if(all.begin(), all.end(), std::back_inserter(named),
               [&](const ShippedPackage& package) { return package.name.id == wanted.id; });
  if (named.empty()) throw UnknownName(all, folders, wanted.id);

  const ShippedPackage* best = nullptr;
  for (const ShippedPackage& package : named) {
    if (package.name.platform != platform) continue;
    if (!wanted.version.empty() && package.name.version != wanted.version) continue;
    if (best == nullptr || IsBetterVersion(package.name.version, best->name.version)) {
      best = &package;
    }
  }
  if (best != nullptr) return best->path;
  const auto found = Distinct(
      named, [](const PackageName& name) { return name.version + " for " + name.platform; });
  const bool version_missing = !wanted.version.empty();
  throw Error(version_missing ? ErrorKind::kConfig : ErrorKind::kUnsupported,
              "expected a shipped package " + wanted.id +
                  (version_missing ? " " + wanted.version : "") + " for " + platform + ", found " +
                  JoinWords(found) + "; " + LookedIn(folders));
}

}  // namespace connhost
