// Reads a package that nobody has vouched for. Format: docs/formats/package.md.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "host/store/byte_source.h"
#include "host/store/package_limits.h"
#include "host/store/sums.h"

namespace connhost {

// A package file, opened once: everything after works on these bytes, whatever happens to the path.
struct PackageFile {
  UniqueFd fd;
  std::string name;    // the file's name without its folder, for sentences and for the name check
  std::string digest;  // SHA-256 of the file: 64 lowercase hex digits
  uint64_t size = 0;
};

// Opens and hashes. Error{kConfig} when it cannot be opened or is no regular file, Error{kPolicy}
// when it is larger than the limit.
PackageFile OpenPackage(const std::filesystem::path& path, const PackageLimits& limits = {});

// Takes the files of a package as they are read. What it has taken means nothing until ReadPackage
// returns: the digests are compared last.
class PackageSink {
 public:
  virtual ~PackageSink() = default;
  virtual void BeginFile(const std::string& path, bool executable) = 0;  // a checked, unique path
  virtual void Write(std::string_view bytes) = 0;
  virtual void EndFile() = 0;
};

// Reads the whole package into `sink` and returns the lines of its SUMS, each proved. Everything
// that docs/formats/package.md refuses is Error{kPolicy} with the package and the entry; what
// `sink` throws passes through. Memory is bounded whatever the package holds.
std::vector<Sum> ReadPackage(const PackageFile& file, PackageSink& sink,
                             const PackageLimits& limits = {});

// The part below the compression: reads a tar. `package` names it in sentences.
std::vector<Sum> ReadPackageTar(ByteSource& tar, PackageSink& sink, const PackageLimits& limits,
                                const std::string& package);

}  // namespace connhost
