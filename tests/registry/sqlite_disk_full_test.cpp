// A disk that fills: a small file system of its own.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/registry/contract.h"
#include "tests/registry/sqlite_file.h"

namespace connhost {
namespace {

class SmallDisk {
 public:
  SmallDisk()
      : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=1m,mode=700") == 0) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  std::filesystem::path path() const { return folder_.path(); }

 private:
  TemporaryDirectory folder_;
  bool mounted_;
};

// Leaves `left` bytes of room, in whole blocks.
void Fill(const std::filesystem::path& folder, size_t left) {
  const auto space = std::filesystem::space(folder);
  WriteFileAtomic(folder / "filler", std::string(space.available - left, 'f'));
}

TEST(SqliteDiskFull, SaysSoAndLosesNothing) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small tmpfs needs root";
  const auto file = disk.path() / "registry.db";
  const auto registry = OpenSqliteRegistry(file.string());
  WholeRun(*registry, "run-1", 1);
  const Fence fence = Begin(*registry, "run-2");
  uint64_t sequence = 1;
  // Every commit needs new pages until the disk is full.
  ExpectError(ErrorKind::kTransient, "no room is left", [&] {
    while (true) {
      const std::string state(20000 + sequence, 's');
      registry->CommitState(fence, State(fence, sequence + 1, state));
      ++sequence;
      ASSERT_LT(sequence, 1000U);
      registry->AddAlert({.id = 0,
                          .tenant = "acme",
                          .connection = "",
                          .stream = "",
                          .severity = "info",
                          .kind = "filler",
                          .message = state});
    }
  });
  EXPECT_EQ(registry->CurrentState("acme", "orders", "orders")->sequence, sequence);
  EXPECT_EQ(OpenSqliteRegistry(file.string())->FindRun("run-2")->status, RunStatus::kRunning);
  CheckSqliteFile(file);
}

TEST(SqliteDiskFull, GoesOnWhenThereIsRoomAgain) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small tmpfs needs root";
  const auto file = disk.path() / "registry.db";
  const auto registry = OpenSqliteRegistry(file.string());
  const Fence fence = Begin(*registry, "run-1");
  registry->CommitState(fence, State(fence, 1));
  Fill(disk.path(), 0);
  ExpectError(ErrorKind::kTransient, file.string(),
              [&] { registry->CommitState(fence, State(fence, 2, std::string(100000, 's'))); });
  EXPECT_EQ(registry->CurrentState("acme", "orders", "orders")->sequence, 1U);
  std::filesystem::remove(disk.path() / "filler");
  registry->CommitState(fence, State(fence, 2, std::string(100000, 's')));
  Finish(*registry, fence);
  CheckSqliteFile(file);
}

// Wherever the creation runs out of room, a sentence comes out and a later try succeeds.
TEST(SqliteDiskFull, ANewRegistryNeedsRoom) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small tmpfs needs root";
  const auto file = disk.path() / "registry.db";
  int refused = 0;
  for (size_t pages = 0; pages < 40; pages += 3) {
    Fill(disk.path(), pages * 4096);
    try {
      OpenSqliteRegistry(file.string());
    } catch (const Error& error) {
      ++refused;
      EXPECT_EQ(error.kind(), ErrorKind::kTransient) << error.what();
    }
    std::filesystem::remove(disk.path() / "filler");
  }
  EXPECT_GT(refused, 0);
  WholeRun(*OpenSqliteRegistry(file.string()), "run-1", 1);
  CheckSqliteFile(file);
}

}  // namespace
}  // namespace connhost
