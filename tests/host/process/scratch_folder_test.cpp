#include "host/process/scratch_folder.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "base/error.h"

namespace connhost {
namespace {

size_t Entries(const std::filesystem::path& folder) {
  return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

TEST(ScratchFolder, IsForItsOwnerAloneAndGoneAtTheEnd) {
  const TemporaryDirectory home;
  const auto parent = home.path() / "new" / "scratch";
  {
    const ScratchFolder folder(parent);
    struct stat status {};
    ASSERT_EQ(::stat(folder.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    std::ofstream(folder.path() / "left") << "x";
  }
  EXPECT_EQ(Entries(parent), 0U);
}

TEST(ScratchFolder, LeavesThoseInUseAlone) {
  const TemporaryDirectory parent;
  const ScratchFolder first(parent.path());
  const ScratchFolder second(parent.path());
  EXPECT_TRUE(std::filesystem::exists(first.path()));
  EXPECT_NE(first.path(), second.path());
}

TEST(ScratchFolder, RemovesWhatAKilledHostLeft) {
  const TemporaryDirectory parent;
  const pid_t child = ::fork();
  if (child == 0) {
    const ScratchFolder folder(parent.path());
    std::ofstream(folder.path() / "half") << "written";
    ::kill(::getpid(), SIGKILL);
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  ASSERT_EQ(Entries(parent.path()), 1U);
  const ScratchFolder folder(parent.path());
  EXPECT_EQ(Entries(parent.path()), 1U);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ScratchFolder, SaysWhereNoFolderCanBeMade) {
  const TemporaryDirectory home;
  std::ofstream(home.path() / "file") << "x";
  try {
    const ScratchFolder folder(home.path() / "file");
    FAIL() << folder.path();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find((home.path() / "file").string()), std::string::npos);
  }
}

}  // namespace
}  // namespace connhost
