#include "host/lifecycle/package_checks.h"

#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "host/store/refusal.h"

namespace connhost {
namespace {

constexpr size_t kMostManifestBytes = size_t{1} << 20;

std::string KindName(bool source, bool destination) {
  if (source && destination) return "source and destination";
  return source ? "source" : destination ? "destination" : "neither source nor destination";
}

}  // namespace

Manifest ReadPackageManifest(const std::filesystem::path& root, const std::string& what) {
  return ParseManifest(ReadFile(root / "manifest.yaml", kMostManifestBytes), what);
}

PackageName CheckPackageName(const std::string& file_name, const std::string& platform) {
  const auto name = ParsePackageName(file_name);
  if (!name) {
    throw Error(ErrorKind::kConfig,
                "expected a package file called ID-VERSION-PLATFORM.connpkg, found " +
                    PrintableName(file_name) + "; give it back the name it was built under");
  }
  if (name->platform != platform) {
    throw Error(ErrorKind::kUnsupported,
                file_name + " is for " + name->platform + ", this host is " + platform + "; get " +
                    PackageName{name->id, name->version, platform}.FileName());
  }
  return *name;
}

void CheckNameAgainstManifest(const PackageName& name, const Manifest& manifest) {
  const PackageName expected{manifest.id, manifest.version, name.platform};
  if (name == expected) return;
  throw Error(ErrorKind::kConfig, name.FileName() + ": its manifest says " + manifest.id + " " +
                                      manifest.version + ", so its name must be " +
                                      expected.FileName() +
                                      "; rename it if you trust where it is from");
}

void CheckDescription(const Description& description, const Manifest& manifest) {
  std::vector<std::string> differences;
  const auto compare = [&](const char* what, const std::string& expected,
                           const std::string& found) {
    if (expected == found) return;
    differences.push_back(std::string(what) + " " + PrintableName(expected) + " in the manifest, " +
                          PrintableName(found) + " in the library");
  };
  compare("id", manifest.id, description.id);
  compare("version", manifest.version, description.version);
  compare("abi", std::to_string(manifest.abi), std::to_string(description.abi));
  compare("kind", KindName(manifest.source, manifest.destination),
          KindName(description.source, description.destination));
  if (differences.empty()) return;
  throw RefusePackage(manifest.id + " " + manifest.version,
                      "its library is not what its manifest says: " + JoinWords(differences));
}

}  // namespace connhost
