#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <future>

#include "base/error.h"
#include "crash.h"
#include "host/store/file_tree.h"
#include "host/store/store.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

PackageFile Package(const std::filesystem::path& home, int seed) {
  return OpenPackage(
      WriteSamplePackage(home / std::to_string(seed), kSampleName, SampleFiles(seed)));
}

void Accept(const PackagePaths&) {}

// True when a Collect would have to wait.
bool IsHeldForAdding(const Store& store) {
  const UniqueFd fd = OpenFile(store.root() / ".lock", O_RDWR);
  return ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0;
}

TEST(StoreCollectTest, RemovesWhatNobodyNamesAndWhatCrashesLeft) {
  const TemporaryDirectory home;
  const Store store(home.path() / "store");
  const PackageFile kept = Package(home.path(), 1);
  const PackageFile dropped = Package(home.path(), 2);
  store.Add(store.LockForAdding(), kept, Accept);
  store.Add(store.LockForAdding(), dropped, Accept);
  WriteFolder(store.root() / ".staging-old", {{"lib/half", "12345"}});
  WriteFolder(store.root() / ".trash-old", {{"manifest.yaml", "12345"}});
  SealTree(store.root() / ".trash-old");
  WriteFileAtomic(store.root() / "notes.txt", "somebody's");

  const CollectResult result = store.Collect(store.LockForCollecting(), {kept.digest});
  EXPECT_EQ(result.removed, std::vector<std::string>{dropped.digest});
  EXPECT_EQ(result.leftovers, 2U);
  EXPECT_GT(result.freed_bytes, 2000U);
  EXPECT_EQ(ListNames(store.root()),
            (std::vector<std::string>{".lock", "notes.txt", "sha256-" + kept.digest}));
  store.Verify(kept.digest);
  EXPECT_TRUE(store.Collect(store.LockForCollecting(), {kept.digest}).removed.empty());
}

TEST(StoreCollectTest, WaitsForAnInstallThatHasNoRowYet) {
  const TemporaryDirectory home;
  const Store store(home.path() / "store");
  const PackageFile package = Package(home.path(), 1);
  std::atomic<bool> row_written = false;
  std::future<CollectResult> collect;
  {
    const AddingLock lock = store.LockForAdding();
    store.Add(lock, package, Accept);
    EXPECT_TRUE(IsHeldForAdding(store));
    collect = std::async(std::launch::async, [&] {
      const CollectingLock alone = store.LockForCollecting();
      return store.Collect(alone, row_written ? std::set{package.digest} : std::set<std::string>{});
    });
    row_written = true;
  }
  EXPECT_TRUE(collect.get().removed.empty());
  store.Verify(package.digest);
}

TEST(StoreCollectTest, ADeadInstallHoldsNothing) {
  const TemporaryDirectory home;
  const Store store(home.path() / "store");
  const PackageFile package = Package(home.path(), 1);
  EXPECT_EQ(RunInChild([&] {
              store.Add(store.LockForAdding(), package, [](const PackagePaths&) { ::_exit(7); });
            }),
            7);
  EXPECT_EQ(ListNames(store.root()).size(), 2U);
  EXPECT_FALSE(IsHeldForAdding(store));
  EXPECT_EQ(store.Collect(store.LockForCollecting(), {}).leftovers, 1U);
  EXPECT_EQ(ListNames(store.root()), std::vector<std::string>{".lock"});
}

// Read-only folders are an obstacle to everybody but root.
TEST(StoreCollectTest, WorksWithoutRootsRights) {
  if (::getuid() != 0) GTEST_SKIP() << "needs root to become somebody else";
  const TemporaryDirectory home;
  std::filesystem::permissions(home.path(), std::filesystem::perms::all);
  const PackageFile package = Package(home.path(), 1);
  const auto work = [&] {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) throw Error(ErrorKind::kInternal, "setuid");
    const Store store(home.path() / "mine");
    const auto root = store.Add(store.LockForAdding(), package, Accept).root;
    std::filesystem::permissions(root, std::filesystem::perms::owner_all);
    std::filesystem::remove(root / "README.md");
    store.Add(store.LockForAdding(), package, Accept);
    store.Verify(package.digest);
    store.Collect(store.LockForCollecting(), {});
  };
  EXPECT_EQ(RunInChild(work), 0);
  EXPECT_EQ(ListNames(home.path() / "mine"), std::vector<std::string>{".lock"});
}

}  // namespace
}  // namespace connhost::testing
