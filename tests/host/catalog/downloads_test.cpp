// What is kept of downloads, with a network made of a map. Real servers are asked in
// tests/host/cli/download_test.py.
#include "host/catalog/downloads.h"

#include <gtest/gtest.h>

#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace connhost::testing {
namespace {

class DownloadsTest : public ::testing::Test {
 protected:
  // Gives at most `most_` bytes of a file, then breaks off.
  FetchAnswer Serve(const FetchRequest& request) {
    requests_.push_back(request);
    std::string content = files_.at(request.url);
    const std::string before =
        request.resume && std::filesystem::exists(request.output) ? ReadFile(request.output) : "";
    const bool broken = content.size() > before.size() + most_;
    content = before + content.substr(before.size(), most_);
    WriteFileAtomic(request.output, content);
    if (broken) throw Error(ErrorKind::kTransient, "broken off");
    return {content.size(), !before.empty()};
  }
  std::filesystem::path Bring(const std::string& content) {
    return downloads_.Bring(Location::Parse(kUrl), Sha256Hex(content), content.size(), 1000);
  }

  static constexpr char kUrl[] = "https://example.org/c/file.connpkg";
  TemporaryDirectory folder_;
  std::map<std::string, std::string> files_;
  std::vector<FetchRequest> requests_;
  size_t most_ = 1000;
  Downloads downloads_{folder_.path() / "downloads",
                       [this](const FetchRequest& request) { return Serve(request); }, false};
};

TEST_F(DownloadsTest, AFileIsBroughtOnce) {
  files_[kUrl] = "content";
  const auto path = Bring("content");
  EXPECT_EQ(ReadFile(path), "content");
  EXPECT_EQ(path.filename(), "file.connpkg");
  EXPECT_EQ(Bring("content"), path);
  EXPECT_EQ(requests_.size(), 1U);
  EXPECT_EQ(requests_[0].most_bytes, 7U);
  WriteFileAtomic(path, "damaged");
  EXPECT_EQ(ReadFile(Bring("content")), "content");
  EXPECT_EQ(requests_.size(), 2U);
}

TEST_F(DownloadsTest, ATransferGoesOnWhereItBrokeOff) {
  files_[kUrl] = "content";
  most_ = 3;
  EXPECT_THROW(Bring("content"), Error);
  EXPECT_THROW(Bring("content"), Error);
  EXPECT_EQ(ReadFile(Bring("content")), "content");
  EXPECT_EQ(requests_.size(), 3U);
}

TEST_F(DownloadsTest, APiecedTogetherFileThatIsWrongIsBroughtAnew) {
  files_[kUrl] = "another";
  most_ = 3;
  EXPECT_THROW(Bring("content"), Error);
  files_[kUrl] = "content";
  most_ = 1000;
  EXPECT_EQ(ReadFile(Bring("content")), "content");
  EXPECT_EQ(requests_.size(), 3U) << "the second began with 'ano', the third from the start";
}

TEST_F(DownloadsTest, AWrongFileIsNotKept) {
  files_[kUrl] = "another";
  try {
    Bring("content");
    ADD_FAILURE() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kPolicy);
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
    EXPECT_TRUE(entry.is_directory() || entry.path().filename() == ".lock") << entry.path();
  }
}

TEST_F(DownloadsTest, CollectKeepsWhatIsNamed) {
  files_[kUrl] = "content";
  const auto one = Bring("content");
  files_[kUrl] = "another";
  const auto other = Bring("another");
  downloads_.Collect({Sha256Hex("content")});
  EXPECT_TRUE(std::filesystem::exists(one));
  EXPECT_FALSE(std::filesystem::exists(other.parent_path()));
}

TEST(LocationTest, ReadsFoldersAndAddresses) {
  EXPECT_EQ(Location::Parse("https://example.org/c//").text(), "https://example.org/c");
  EXPECT_TRUE(Location::Parse("http://[::1]:8080/c").remote());
  EXPECT_EQ(Location::Parse("file:///a/b/../c/").path(), "/a/c");
  EXPECT_EQ((Location::Parse("/a") / "x").text(), "/a/x");
  EXPECT_TRUE(Location::Parse("a b").path().is_absolute());
  for (const char* wrong :
       {"", "https://", "https:///x", "ftp://x/y", "https://u:p@x/y", "https://x/y?q",
        "https://x/y#f", "https://x/a b", "file://x/y", "https://x/\x01", "https://x\\y"}) {
    try {
      Location::Parse(wrong);
      ADD_FAILURE() << wrong;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage) << error.what();
    }
  }
}

}  // namespace
}  // namespace connhost::testing
