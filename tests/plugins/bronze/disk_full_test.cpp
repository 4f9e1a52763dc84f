// A full disk: a sentence with the path, nothing committed lost, and the way on once there is
// space.
#include <sys/mount.h>
#include <unistd.h>

#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

namespace fs = std::filesystem;

class DiskFullTest : public BronzeTest {
 protected:
  // Lands ids 1 to 40 in commits of 10; answers the sentence of the failure, if any.
  std::string Run(const std::string& run, FileSystem* files, sdk::Mode mode) {
    try {
      Landing landing(Config(), Target(run, mode), files);
      uint64_t sequence = landing.recovered().sequence;
      for (auto next = static_cast<int64_t>(sequence) * 10 + 1; next <= 40; next += 10) {
        landing.WriteIds(next, next + 9, ++sequence);
        landing.Commit(sequence, "{}", next + 10 > 40);
      }
      return "";
    } catch (const sdk::TransientFailure& failure) {
      return failure.what();
    }
  }
};

TEST_F(DiskFullTest, AtEveryOperationInTurn) {
  for (const sdk::Mode mode : {sdk::Mode::kAppend, sdk::Mode::kOverwrite}) {
    for (int full_at = 1;; ++full_at) {
      SCOPED_TRACE(full_at);
      fs::remove_all(root());
      WatchedFiles files;
      std::string full_path;
      files.on_operation = [&](int number, const std::string&, const std::string& path) {
        if (number < full_at) return 0;
        if (full_path.empty()) full_path = path;
        return ENOSPC;  // and stays full
      };
      const std::string sentence = Run("run-1", &files, mode);
      if (files.count >= full_at) {
        EXPECT_NE(sentence.find(full_path + ": No space left on device"), std::string::npos)
            << sentence;
      }
      EXPECT_EQ(Run("run-2", nullptr, mode), "");
      EXPECT_EQ(Ids(Stream()), IdsFrom(1, 40));
      ExpectWhole(Stream());
      if (HasFailure() || files.count < full_at) break;
    }
  }
}

TEST_F(DiskFullTest, OnARealSmallDisk) {
  if (::geteuid() != 0) GTEST_SKIP() << "mounting a small disk needs root";
  fs::create_directories(root());
  if (::mount("none", root().c_str(), "tmpfs", 0, "size=4m") != 0) {
    GTEST_SKIP() << "this system does not let the test mount a tmpfs";
  }
  {
    Landing landing(Config(), Target());
    landing.WriteIds(1, 2000, 1, 500);
    landing.Commit(1);
    try {
      landing.WriteIds(2001, 12000, 2, 500);
      landing.Commit(2);
      ADD_FAILURE() << "6 MB went onto a disk of 4";
    } catch (const sdk::TransientFailure& failure) {
      EXPECT_NE(std::string(failure.what()).find("No space left"), std::string::npos);
      EXPECT_NE(std::string(failure.what()).find(root().string()), std::string::npos);
    }
    EXPECT_EQ(Ids(Stream()), IdsFrom(1, 2000));
  }
  EXPECT_EQ(::mount("none", root().c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0);
  {
    Landing landing(Config(), Target("run-2"));
    EXPECT_EQ(landing.recovered().sequence, 1U);
    landing.WriteIds(2001, 12000, 2, 500);
    landing.Commit(2, "{}", true);
  }
  EXPECT_EQ(Ids(Stream()), IdsFrom(1, 12000));
  ExpectWhole(Stream());
  EXPECT_EQ(::umount(root().c_str()), 0);
}

}  // namespace
}  // namespace connhost::bronze
