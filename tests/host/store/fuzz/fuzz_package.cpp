// Any bytes, as a package and as the tar inside one: an Error or a list of sums, nothing else.
// Run: build/fuzz/bin/fuzz_package -max_total_time=60 tests/host/store/fuzz/fuzz_package
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "base/error.h"
#include "base/hash.h"
#include "host/store/entry_names.h"
#include "host/store/package_reader.h"

namespace {

using namespace connhost;

// Aborts on what must never reach a disk.
class CheckingSink : public PackageSink {
 public:
  void BeginFile(const std::string& path, bool) override {
    if (!EntryNameProblem(path).empty()) std::abort();
  }
  void Write(std::string_view bytes) override {
    written_ += bytes.size();
    if (written_ > uint64_t{64} << 20) std::abort();
  }
  void EndFile() override {}

 private:
  uint64_t written_ = 0;
};

class OneBlock : public ByteSource {
 public:
  explicit OneBlock(std::string_view bytes) : bytes_(bytes) {}
  std::string_view Next() override { return std::exchange(bytes_, {}); }

 private:
  std::string_view bytes_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  PackageLimits limits;
  limits.most_bytes = uint64_t{16} << 20;
  try {
    CheckingSink sink;
    OneBlock tar(bytes);
    ReadPackageTar(tar, sink, limits, "fuzz.connpkg");
  } catch (const Error&) {
  }
  PackageFile file;
  file.fd = UniqueFd(::memfd_create("package", MFD_CLOEXEC));
  file.name = "fuzz.connpkg";
  file.digest = Sha256Hex(bytes);
  file.size = size;
  try {
    WriteAll(file.fd.get(), bytes, "memory");
    CheckingSink sink;
    ReadPackage(file, sink, limits);
  } catch (const Error&) {
  }
  return 0;
}
