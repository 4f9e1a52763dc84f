#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/hash.h"

namespace connhost {
namespace {

TEST(Files, AtomicWriteReplacesAndLeavesNothingBehind) {
  const TemporaryDirectory folder;
  const auto path = folder.path() / "state.json";
  WriteFileAtomic(path, "old");
  WriteFileAtomic(path, "new", 0600);
  EXPECT_EQ(ReadFile(path), "new");
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(Files, RefusesAFileThatIsTooLarge) {
  const TemporaryDirectory folder;
  WriteFileAtomic(folder.path() / "big", std::string(1000, 'x'));
  EXPECT_THROW(ReadFile(folder.path() / "big", 999), Error);
}

TEST(Files, NamesTheMissingFile) {
  try {
    ReadFile("/nonexistent/x.yaml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "open /nonexistent/x.yaml: No such file or directory");
  }
}

TEST(Hash, KnowsTheEmptyMessage) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace connhost
