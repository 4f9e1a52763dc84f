#include "host/lifecycle/shipped_packages.h"

#include "base/error.h"
#include "host/store/file_tree.h"

namespace connhost {

std::vector<ShippedPackage> ListShippedPackages(const std::vector<std::filesystem::path>& folders) {
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

}  // namespace connhost
