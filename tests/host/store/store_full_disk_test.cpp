// A file system that fills up at every possible point of an install.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/error.h"
#include "host/store/file_tree.h"
#include "host/store/store.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

// A tmpfs of its own for the object's life.
class SmallDisk {
 public:
  SmallDisk(std::filesystem::path folder, size_t bytes) : folder_(std::move(folder)) {
    MakeDirectories(folder_);
    const std::string size = "size=" + std::to_string(bytes);
    mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, size.c_str()) == 0;
  }
  SmallDisk(SmallDisk&&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  bool Resize(size_t bytes) const {
    const std::string size = "size=" + std::to_string(bytes);
    return ::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT, size.c_str()) == 0;
  }

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
};

TEST(StoreFullDiskTest, AFullDiskIsASentenceAndLeavesNothing) {
  const TemporaryDirectory home;
  const PackageFile package =
      OpenPackage(WriteSamplePackage(home.path() / "p", kSampleName, SampleFiles(1, 100'000)));
  size_t refused = 0;
  for (size_t pages = 3; pages < 45; pages += 3) {
    const SmallDisk disk(home.path() / "disk", pages * 4096);
    if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount a tmpfs";
    const Store store(home.path() / "disk" / "store");
    try {
      store.Add(store.LockForAdding(), package, [](const PackagePaths&) {});
    } catch (const Error& error) {
      ++refused;
      const std::string message = error.what();
      EXPECT_EQ(error.kind(), ErrorKind::kTransient) << message;
      EXPECT_NE(message.find("No space left on device; free some space"), std::string::npos)
          << message;
      EXPECT_EQ(ListNames(store.root()), std::vector<std::string>{".lock"});
      ASSERT_TRUE(disk.Resize(size_t{16} << 20));
      store.Add(store.LockForAdding(), package, [](const PackagePaths&) {});
    }
    store.Verify(package.digest);
  }
  EXPECT_GT(refused, 5U);
}

}  // namespace
}  // namespace connhost::testing
