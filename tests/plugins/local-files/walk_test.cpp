// Which files are found: order, patterns, links, what cannot be read.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugins/local-files/folder_walk.h"
#include "tests/plugins/local-files/file_tree.h"

namespace connhost::local_files {
namespace {

using Texts = std::vector<std::string>;

Texts Paths(const FileTree& tree, const std::string& more = "") {
  const sdk::ReadResult result = ReadFiles(tree.Config(more));
  EXPECT_EQ(result.status, CONNHOST_OK) << result.sentence;
  return Members(result, "path");
}

TEST(Walk, IsInTheOrderOfNamesFolderByFolder) {
  const FileTree tree;
  for (const char* name : {"b", "a/z", "a-b", "a/b/c", "a.txt", "ü"}) tree.Write(name);
  const Texts expected = {"a/b/c", "a/z", "a-b", "a.txt", "b", "ü"};
  Texts paths = Paths(tree);
  std::sort(paths.begin(), paths.end(), FolderWalk::ComesBefore);
  EXPECT_EQ(paths, expected);
  EXPECT_EQ(Paths(tree), expected);
}

TEST(Walk, TakesAndLeavesOutByPattern) {
  const FileTree tree;
  for (const char* name : {"a.md", "src/b.c", "src/x/d.c", "build/e.c", ".git/f.md"})
    tree.Write(name);
  EXPECT_EQ(Paths(tree, R"(,"include":["*.md","src/**/*.c"],"exclude":[".git","x/"])"),
            (Texts{"a.md", "src/b.c"}));
  EXPECT_EQ(Paths(tree, R"(,"exclude":["*.c"])"), (Texts{".git/f.md", "a.md"}));
}

TEST(Walk, LeavesLinksAloneUnlessAsked) {
  const FileTree tree;
  tree.Write("real/f");
  tree.Link("also", "real");
  tree.Link("file", "real/f");
  EXPECT_EQ(Paths(tree), (Texts{"real/f"}));
}

TEST(Walk, FollowsLinksInsideAndCountsLoopsOnce) {
  const FileTree tree;
  tree.Write("a/f");
  tree.Write("b/g");
  tree.Link("a/to_b", "../b");
  tree.Link("b/to_a", "../a");
  tree.Link("b/to_root", "..");
  tree.Link("file", "a/f");
  EXPECT_EQ(Paths(tree, R"(,"follow_symlinks":true)"), (Texts{"a/f", "a/to_b/g", "file"}));
}

TEST(Walk, NeverLeavesTheRoot) {
  const FileTree tree;
  tree.Write("../secret/s");
  tree.Write("ok");
  tree.Link("up", "../secret");
  tree.Link("file", "../secret/s");
  tree.Link("broken", "nowhere");
  tree.Link("hop", "up");
  const sdk::ReadResult result = ReadFiles(tree.Config(R"(,"follow_symlinks":true)"));
  EXPECT_EQ(Members(result, "path"), (Texts{"ok"}));
  ASSERT_EQ(result.rejected.size(), 4U);
  EXPECT_EQ(result.rejected[0].reason,
            "'broken' cannot be read: a link to nowhere: No such file or directory");
  EXPECT_EQ(result.rejected[1].reason,
            "'file' cannot be read: a link that leads out of the folder is not followed");
}

// Between the look at an entry and its opening it may become a link.
TEST(Walk, DoesNotOpenALinkThatTookTheFilesPlace) {
  const FileTree tree;
  tree.Write("../secret");
  tree.Link("f", "../secret");
  struct stat info {};
  const std::string path = "f";
  const Descriptor folder(open(tree.path().c_str(), O_RDONLY | O_DIRECTORY));
  const FoundFile found{path, info, folder.get(), path};
  EXPECT_FALSE(found.Open().valid());
  EXPECT_EQ(errno, ELOOP);
}

TEST(Walk, PassesPipesAndRefusesAFileAsRoot) {
  const FileTree tree;
  tree.Write("f");
  ASSERT_EQ(mkfifo(tree.path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(Paths(tree), (Texts{"f"}));
  sdk::PluginTest source(connhost_plugin_v1, "{\"path\":\"" + tree.path("f").string() + "\"}");
  EXPECT_EQ(source.Authenticate(), CONNHOST_CONFIG);
  EXPECT_NE(source.host.sentence.find("Not a directory"), std::string::npos)
      << source.host.sentence;
}

TEST(Walk, RejectsANameThatIsNoUtf8) {
  const FileTree tree;
  tree.Write("bad\xFFname");
  tree.Write("good");
  const sdk::ReadResult result = ReadFiles(tree.Config());
  EXPECT_EQ(Members(result, "path"), (Texts{"good"}));
  ASSERT_EQ(result.rejected.size(), 1U);
  EXPECT_EQ(result.rejected[0].code, "invalid_path");
}

TEST(Walk, RejectsWhatItMayNotRead) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const FileTree tree;
  tree.Write("closed/f");
  tree.Write("file");
  chmod(tree.path("closed").c_str(), 0);
  chmod(tree.path("file").c_str(), 0);
  const sdk::ReadResult result = ReadFiles(tree.Config());
  chmod(tree.path("closed").c_str(), 0700);
  ASSERT_EQ(result.rejected.size(), 2U);
  EXPECT_EQ(result.rejected[0].reason, "'closed' cannot be read: Permission denied");
}

}  // namespace
}  // namespace connhost::local_files
