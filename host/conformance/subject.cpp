#include "host/conformance/subject.h"

#include <fcntl.h>

#include "base/hash.h"
#include "base/text.h"
#include "host/lifecycle/package_checks.h"
#include "host/lifecycle/package_library.h"
#include "host/store/extractor.h"
#include "host/store/file_tree.h"
#include "host/store/package_reader.h"
#include "host/store/sums.h"

namespace connhost {

Subject::Subject(const std::filesystem::path& path)
    : is_folder_(std::filesystem::is_directory(path)) {
  if (is_folder_) {
    Survey(std::filesystem::absolute(path).lexically_normal());
  } else {
    Unpack(path);
  }
  FindLibrary(package_, *manifest_);
  uint64_t bytes = 0;
  for (const Sum& file : package_.files) bytes += file.size;
  summary_ =
      path.filename().empty() ? path.parent_path().filename().string() : path.filename().string();
  summary_ += ": " + std::to_string(package_.files.size()) + " files, " + HumanBytes(bytes);
}

std::filesystem::path Subject::library() const {
  return FindLibrary(package_, *manifest_).path;
}

void Subject::Unpack(const std::filesystem::path& path) {
  const PackageFile file = OpenPackage(path);
  const PackageName name = CheckPackageName(file.name, CurrentPlatform());
  package_ = {file.digest, unpacked_.path(), {}};
  Extractor extractor(package_.root);
  package_.files = ReadPackage(file, extractor);
  manifest_ = ReadPackageManifest(package_.root, file.name + ": manifest.yaml");
  CheckNameAgainstManifest(name, *manifest_);
}

void Subject::Survey(const std::filesystem::path& folder) {
  package_ = {"", folder, {}};
  manifest_ = ReadPackageManifest(folder, (folder / "manifest.yaml").string());
  for (const TreeFile& file : ListTree(folder)) {
    if (!file.regular || file.path == kSumsName) continue;
    const auto path = folder / file.path;
    const UniqueFd fd = OpenFile(path, O_RDONLY | O_NOFOLLOW);
    package_.files.push_back({Sha256OfFd(fd.get(), path.string()), file.size, file.path});
  }
}

}  // namespace connhost
