// Which files a guest reaches: what it was granted, and nothing else.
#include <filesystem>

#include "base/json.h"
#include "tests/host/process/guest_fixture.h"

namespace connhost {
namespace {

class FileAccess : public GuestTest {
 protected:
  void SetUp() override {
    GuestTest::SetUp();
    if (LandlockRevision() == 0) GTEST_SKIP() << "this kernel has no Landlock";
    std::filesystem::create_directories(tenants_.path() / "one");
    std::filesystem::create_directories(tenants_.path() / "two");
    WriteFileAtomic(Path("one/data"), "one");
    WriteFileAtomic(Path("two/data"), "two");
  }

  std::string Path(const std::string& name) const { return tenants_.path() / name; }

  int LandlockRevision() const {
    const WorkerSession session(Spec("good_source"), -1, {});
    return session.ready()["sandbox"]["landlock"].GetInt();
  }

  std::string Try(const std::string& how, const std::string& path) {
    WorkerSpec spec = Spec("reads_file");
    spec.read_paths = read_;
    spec.write_paths = write_;
    const Outcome outcome = Read(spec, {{"how", how}, {"path", path}});
    return outcome.sentence.substr(outcome.sentence.rfind(' ') + 1);
  }

  TemporaryDirectory tenants_;
  std::vector<std::string> read_;
  std::vector<std::string> write_;
};

TEST_F(FileAccess, NothingWithoutAGrant) {
  EXPECT_EQ(Try("read", "/etc/passwd"), "EACCES");
  EXPECT_EQ(Try("read", "/proc/self/maps"), "EACCES");
  EXPECT_EQ(Try("list", "/"), "EACCES");
  EXPECT_EQ(Try("read", Path("one/data")), "EACCES");
  EXPECT_EQ(Try("write", Path("one/data")), "EACCES");
  EXPECT_EQ(Try("make", Path("made")), "EACCES");
  EXPECT_EQ(Try("make", "here"), "worked") << "the scratch folder is the guest's own";
}

TEST_F(FileAccess, AReadPathIsReadAndNothingElse) {
  read_ = {Path("one/data"), Path("one/absent")};
  EXPECT_EQ(Try("read", Path("one/data")), "worked");
  EXPECT_EQ(Try("read", Path("one/absent")), "ENOENT");
  EXPECT_EQ(Try("read", Path("two/data")), "EACCES");
  EXPECT_EQ(Try("list", Path("one")), "EACCES");
  EXPECT_EQ(Try("write", Path("one/data")), "EACCES");
  EXPECT_EQ(Try("remove", Path("one/data")), "EACCES");
  EXPECT_EQ(Try("chmod", Path("one/data")), "EPERM");
  EXPECT_NE(Try("truncate", Path("one/data")), "worked");
  EXPECT_NE(Try("empty", Path("one/data")), "worked");
  EXPECT_EQ(ReadFile(Path("one/data")), "one");
}

TEST_F(FileAccess, AReadFolderIsReadWithAllBelowIt) {
  read_ = {Path("one")};
  EXPECT_EQ(Try("list", Path("one")), "worked");
  EXPECT_EQ(Try("read", Path("one/data")), "worked");
  EXPECT_EQ(Try("read", Path("one/../two/data")), "EACCES");
  std::filesystem::create_symlink(Path("two/data"), Path("one/link"));
  EXPECT_EQ(Try("read", Path("one/link")), "EACCES") << "a link leads to what it names";
}

TEST_F(FileAccess, AWriteFolderIsChangedAndNoOther) {
  write_ = {Path("one")};
  EXPECT_EQ(Try("read", Path("one/data")), "worked");
  EXPECT_EQ(Try("write", Path("one/data")), "worked");
  EXPECT_EQ(Try("make", Path("one/new")), "worked");
  EXPECT_EQ(Try("rename", Path("one/new")), "worked");
  EXPECT_EQ(Try("link", Path("one/data")), "EACCES") << "no symbolic links";
  EXPECT_EQ(Try("remove", Path("one/data")), "worked");
  EXPECT_EQ(Try("make", Path("new")), "EACCES");
  EXPECT_EQ(Try("write", Path("two/data")), "EACCES");
  EXPECT_EQ(Try("remove", Path("two/data")), "EACCES");
  EXPECT_EQ(ReadFile(Path("two/data")), "two");
}

TEST_F(FileAccess, WhatACarefulDestinationDoesWorks) {
  WorkerSpec spec = Spec("writes_durably");
  spec.write_paths = {Path("one")};
  const Outcome outcome = Read(spec, {{"path", Path("one")}});
  EXPECT_EQ(outcome.kind, "") << outcome.sentence;
  const auto mode = std::filesystem::status(Path("one/direct")).permissions();
  EXPECT_EQ(mode & std::filesystem::perms::others_all, std::filesystem::perms::none);
}

}  // namespace
}  // namespace connhost
