// SIGKILL at random instants: the next command works, nothing is half-installed, gc leaves no
// orphan.
#include <gtest/gtest.h>

#include <random>

#include "base/time.h"
#include "crash.h"
#include "host/store/file_tree.h"
#include "host/store/store.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

constexpr int kKills = 30;

void Accept(const PackagePaths&) {}

Files ManyFiles(int seed) {
  Files files = SampleFiles(seed, 400'000);
  for (int i = 0; i < 6; ++i) {
    files["data/d" + std::to_string(i) + "/f"] =
        Noise(5'000, static_cast<unsigned>(seed * 100 + i));
  }
  return files;
}

// Kill times cover the whole of the work, whatever this machine's speed.
class KillClock {
 public:
  explicit KillClock(const std::function<void()>& work) {
    const int64_t start = NowMicros();
    EXPECT_EQ(RunInChild(work), 0);
    longest_ = static_cast<unsigned>(std::min<int64_t>((NowMicros() - start) * 5 / 4, 900'000));
  }
  unsigned Next() { return std::uniform_int_distribution<unsigned>(0, longest_)(random_); }

 private:
  std::mt19937 random_{20261121};
  unsigned longest_ = 0;
};

void ExpectEveryEntryWhole(const Store& store) {
  for (const StoreEntry& entry : store.List()) {
    EXPECT_EQ(entry.problem, "");
    EXPECT_NO_THROW(store.Verify(entry.digest));
  }
}

TEST(StoreCrashTest, KilledWhileAdding) {
  const TemporaryDirectory home;
  const Store store(home.path() / "store");
  const PackageFile package =
      OpenPackage(WriteSamplePackage(home.path() / "p", kSampleName, ManyFiles(1)));
  const auto add = [&] { store.Add(store.LockForAdding(), package, Accept); };
  KillClock clock(add);
  int killed = 0;
  for (int i = 0; i < kKills; ++i) {
    store.Collect(store.LockForCollecting(), {});
    ASSERT_EQ(ListNames(store.root()), std::vector<std::string>{".lock"}) << "round " << i;
    killed += RunAndKill(add, clock.Next()) ? 1 : 0;
    ExpectEveryEntryWhole(store);
    add();
    store.Verify(package.digest);
  }
  EXPECT_GT(killed, 0);
}

TEST(StoreCrashTest, KilledWhileCollecting) {
  const TemporaryDirectory home;
  const Store store(home.path() / "store");
  std::vector<PackageFile> packages;
  for (int seed = 0; seed < 2; ++seed) {
    packages.push_back(OpenPackage(
        WriteSamplePackage(home.path() / std::to_string(seed), kSampleName, ManyFiles(seed))));
  }
  const auto fill = [&] {
    for (const PackageFile& package : packages) store.Add(store.LockForAdding(), package, Accept);
  };
  const auto collect = [&] { store.Collect(store.LockForCollecting(), {packages[0].digest}); };
  fill();
  KillClock clock(collect);
  int killed = 0;
  for (int i = 0; i < kKills; ++i) {
    fill();
    killed += RunAndKill(collect, clock.Next()) ? 1 : 0;
    ExpectEveryEntryWhole(store);
    collect();
    ASSERT_EQ(ListNames(store.root()),
              (std::vector<std::string>{".lock", "sha256-" + packages[0].digest}))
        << "round " << i;
    store.Verify(packages[0].digest);
  }
  EXPECT_GT(killed, 0);
}

TEST(StoreCrashTest, KilledWhileRepairing) {
  const TemporaryDirectory home;
  const Store store(home.path() / "store");
  const PackageFile package =
      OpenPackage(WriteSamplePackage(home.path() / "p", kSampleName, ManyFiles(1)));
  const auto add = [&] { store.Add(store.LockForAdding(), package, Accept); };
  const auto damage = [&] {
    const auto root = store.Open(package.digest).root;
    std::filesystem::permissions(root, std::filesystem::perms::owner_all);
    std::filesystem::remove(root / "README.md");
  };
  add();
  damage();
  KillClock clock(add);
  for (int i = 0; i < kKills / 3; ++i) {
    damage();
    RunAndKill(add, clock.Next());
    add();
    store.Verify(package.digest);
    store.Collect(store.LockForCollecting(), {package.digest});
    ASSERT_EQ(ListNames(store.root()).size(), 2U) << "round " << i;
  }
}

}  // namespace
}  // namespace connhost::testing
