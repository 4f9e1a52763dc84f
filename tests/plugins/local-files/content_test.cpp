// What comes of a file: size, content, hash.
#include <gtest/gtest.h>

#include "plugins/local-files/file_content.h"
#include "tests/plugins/local-files/file_tree.h"

namespace connhost::local_files {
namespace {

using Texts = std::vector<std::string>;

TEST(Content, IsTextWhenItIsUtf8AndNoBinary) {
  const FileTree tree;
  tree.Write("a", "Zoë\n");
  tree.Write("b", std::string("x\0y", 3));
  tree.Write("c", "\xC3");
  tree.Write("d", "");
  const sdk::ReadResult result = ReadFiles(tree.Config());
  EXPECT_EQ(Members(result, "content"), (Texts{"Zoë\n", "null", "null", ""}));
  EXPECT_EQ(Members(result, "size"), (Texts{"5", "3", "1", "0"}));
  for (const std::string& hash : Members(result, "hash")) EXPECT_EQ(hash.size(), 39U) << hash;
  EXPECT_EQ(Members(result, "hash")[3], "xxh128:99aa06d3014798d86001c324468d497f") << "of no bytes";
}

TEST(Content, OfALargeFileIsLeftOutButNotItsHash) {
  const FileTree tree;
  tree.Write("exact", std::string(100, 'x'));
  tree.Write("larger", std::string(101, 'x'));
  const sdk::ReadResult result = ReadFiles(tree.Config(R"(,"max_bytes":100)"));
  EXPECT_EQ(Members(result, "content"), (Texts{std::string(100, 'x'), "null"}));
  EXPECT_NE(Members(result, "hash")[1], "null");
}

TEST(Content, MayBeBase64OrNone) {
  const FileTree tree;
  tree.Write("z", "\xFF\xFE");
  EXPECT_EQ(Members(ReadFiles(tree.Config(R"(,"content":"base64","include":["z"])")), "content"),
            (Texts{"//4="}));
  const sdk::ReadResult none =
      ReadFiles(tree.Config(R"(,"content":"none","hash":false,"include":["z"])"));
  EXPECT_EQ(Members(none, "content"), (Texts{"null"}));
  EXPECT_EQ(Members(none, "hash"), (Texts{"null"}));
}

TEST(Content, Base64OfEveryLength) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("foob"), "Zm9vYg==");
}

TEST(Content, Utf8IsCheckedToTheLetter) {
  for (const char* good : {"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
  for (const char* bad :
       {"\x80", "\xC1\xBF", "\xC2", "\xC2\x20", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x82",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

}  // namespace
}  // namespace connhost::local_files
