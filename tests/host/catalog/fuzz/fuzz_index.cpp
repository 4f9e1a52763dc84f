// Any bytes as the index of a catalog and as a lock file: read, or refused with Error{kConfig}.
// What is read is written in one way only.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/error.h"
#include "host/catalog/index.h"
#include "host/catalog/lock_file.h"
#include "host/store/package_name.h"

namespace {

template <typename Work>
void Try(Work work) {
  try {
    work();
  } catch (const connhost::Error& error) {
    if (error.kind() != connhost::ErrorKind::kConfig) std::abort();
  }
}

void Expect(bool right) {
  if (!right) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace connhost;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Try([&] {
    const CatalogIndex index = ParseIndex(text, "input");
    for (const IndexPackage& package : index.packages) {
      for (const auto& [platform, file] : package.platforms) {
        Expect(file.file.find('/') == std::string::npos && file.size > 0 &&
               ParsePackageName(file.file) == PackageName{package.id, package.version, platform});
      }
    }
    const std::string written = WriteIndex(index);
    Expect(WriteIndex(ParseIndex(written, "again")) == written);
  });
  Try([&] {
    const LockFile lock = ParseLockFile(text, "input");
    Expect(ParseLockFile(WriteLockFile(lock), "again") == lock);
  });
  return 0;
}
