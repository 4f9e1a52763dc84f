// Which files a path means, and the catalog.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "plugins/ndjson/file_list.h"
#include "tests/plugins/ndjson/input_folder.h"

namespace connhost::ndjson {
namespace {

using Texts = std::vector<std::string>;

Texts Names(const InputFolder& folder, const std::string& pattern) {
  Settings settings;
  settings.path = folder.path(pattern);
  Texts names;
  for (const InputFile& file : ListFiles(settings)) names.push_back(file.name);
  return names;
}

class Files : public testing::Test {
 protected:
  Files() {
    for (const char* name : {"a.ndjson", "b.jsonl.gz", "c.json.zst", "d.csv", ".hidden.json",
                             "sub/e.json", "sub/deep/f.ndjson", "od[d].json"}) {
      folder_.Write(name, "{\"id\":1}\n");
    }
    std::filesystem::create_directory_symlink(folder_.path("sub"), folder_.path("link"));
    std::filesystem::create_directory_symlink(folder_.path(), folder_.path("sub/loop"));
  }
  InputFolder folder_;
};

TEST_F(Files, OfAFolderArePickedByTheirEnding) {
  EXPECT_EQ(Names(folder_, ""),
            (Texts{".hidden.json", "a.ndjson", "b.jsonl.gz", "c.json.zst", "od[d].json"}));
}

TEST_F(Files, OfAPattern) {
  EXPECT_EQ(Names(folder_, "*.json*"), (Texts{"b.jsonl.gz", "c.json.zst", "od[d].json"}));
  EXPECT_EQ(Names(folder_, "[ab].*"), (Texts{"a.ndjson", "b.jsonl.gz"}));
  EXPECT_EQ(Names(folder_, "**/*.ndjson"), (Texts{"a.ndjson", "sub/deep/f.ndjson"}));
  EXPECT_EQ(Names(folder_, "sub/**"), (Texts{"deep/f.ndjson", "e.json"}));
  EXPECT_EQ(Names(folder_, "s?b/*"), (Texts{"sub/e.json"}));
  EXPECT_EQ(Names(folder_, "none*"), Texts());
}

TEST_F(Files, APathThatExistsIsNoPattern) {
  EXPECT_EQ(Names(folder_, "od[d].json"), (Texts{"od[d].json"}));
}

TEST_F(Files, OneThatIsNotThereIsASentence) {
  sdk::PluginTest source(connhost_plugin_v1, folder_.Config("nope.ndjson"));
  EXPECT_EQ(source.Authenticate(), CONNHOST_CONFIG);
  EXPECT_EQ(source.host.sentence,
            "'path' must name a file, a folder or a pattern that can be read, but '" +
                folder_.path("nope.ndjson") + "' gives: No such file or directory");
}

TEST_F(Files, APipeIsRefusedAndDoesNotHoldTheReadUp) {
  ASSERT_EQ(mkfifo(folder_.path("pipe.ndjson").c_str(), 0600), 0);
  sdk::PluginTest source(connhost_plugin_v1, folder_.Config("pipe.ndjson"));
  EXPECT_EQ(source.Authenticate(), CONNHOST_CONFIG);
  EXPECT_NE(source.host.sentence.find("must be a regular file"), std::string::npos);
}

TEST_F(Files, FeedStreamsByStemOrOneStream) {
  EXPECT_EQ(StemOf("x/orders.2024.ndjson.gz"), "orders.2024");
  folder_.Write("sub/a.jsonl", "{\"id\":2}\n");
  EXPECT_EQ(ReadAll(folder_.Config("**/a.*"), Request("a")).positions,
            (Texts{"a.ndjson:1", "sub/a.jsonl:1"}));
  EXPECT_EQ(ReadAll(folder_.Config("**/*.ndjson", R"(,"stream":"all")"), Request("all")).positions,
            (Texts{"a.ndjson:1", "sub/deep/f.ndjson:1"}));
}

TEST_F(Files, AnUnknownStreamIsToldTheKnownOnes) {
  const sdk::ReadResult result = ReadAll(folder_.Config("[ab].*"), Request("zz"));
  EXPECT_EQ(result.status, CONNHOST_CONFIG);
  EXPECT_NE(result.sentence.find("there are: a, b"), std::string::npos) << result.sentence;
}

TEST_F(Files, ANamedStreamMayHaveNoneYet) {
  const sdk::ReadResult result =
      ReadAll(folder_.Config("none*", R"(,"stream":"s")"), Request("s", "", "incremental"));
  EXPECT_EQ(result.status, CONNHOST_OK) << result.sentence;
  EXPECT_TRUE(result.rows.empty());
}

TEST(Catalog, ListsStreamsWithTheMembersSeen) {
  const InputFolder folder;
  folder.Write("a.ndjson", "{\"id\":1,\"n\\u0061me\":\"x\"}\n{\"id\":2,\"extra\":null}");
  folder.Write("b.json", "[ {\"k\" : 1}, 5 ]");
  folder.Write("c.ndjson", "");
  folder.Write("d.ndjson.gz", "\x1f\x8b damaged");
  sdk::PluginTest source(connhost_plugin_v1, folder.Config(""));
  const Texts streams = source.Discover();
  const std::string head = R"(","fields":[{"name":"_document","type":"json","nullable":false}],)"
                           R"("key":[],"sync":["full","incremental"])";
  EXPECT_EQ(
      streams,
      (Texts{
          R"({"name":"a)" + head +
              R"(,"description":"Members at the top of the first 2 documents: id, name, extra"})",
          R"({"name":"b)" + head +
              R"(,"description":"Members at the top of the first 1 document: k"})",
          R"({"name":"c)" + head + "}", R"({"name":"d)" + head + "}"}));
  EXPECT_EQ(source.host.lines.size(), 1U) << "the damaged file is named in the log";
}

}  // namespace
}  // namespace connhost::ndjson
