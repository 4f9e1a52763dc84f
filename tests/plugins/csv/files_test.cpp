// Paths, streams and discovery.
#include <gtest/gtest.h>

#include "tests/plugins/csv/csv_folder.h"

namespace connhost::csv {
namespace {

class FilesTest : public testing::Test {
 protected:
  std::string Streams(const std::string& path, const std::string& more = "") {
    sdk::PluginTest source(connhost_plugin_v1, folder_.Config(path, more));
    std::string names;
    for (const std::string& document : source.Discover()) {
      names += sdk::Json::Parse(document, "stream").GetString("name") + " ";
    }
    return source.host.sentence.empty() ? names : source.host.sentence;
  }

  CsvFolder folder_;
};

TEST_F(FilesTest, FolderGivesItsTables) {
  folder_.Write("b.csv", "a\n");
  folder_.Write("a.tsv", "a\n");
  folder_.Write("c.csv.gz", Gzip("a\n"));
  folder_.Write("d.v2.csv.zst", Zstd("a\n"));
  folder_.Write("e.txt", "a\n");
  folder_.Write(".f.csv", "a\n");
  EXPECT_EQ(Streams(""), "a b c d.v2 ");
  EXPECT_EQ(Streams("", R"(,"stream":"all")"), "all ");
}

TEST_F(FilesTest, PatternsMatch) {
  std::filesystem::create_directories(folder_.path("2026"));
  std::filesystem::create_directories(folder_.path("2025"));
  folder_.Write("2025/orders-1.csv", "a\n");
  folder_.Write("2026/orders-2.csv", "a\n");
  folder_.Write("2026/items-3.csv", "a\n");
  EXPECT_EQ(Streams("2026/orders-*.csv"), "orders-2 ");
  EXPECT_EQ(Streams("202?/orders-[12].csv"), "orders-1 orders-2 ");
  EXPECT_EQ(Streams("*/*.csv", R"(,"stream":"x")"), "x ");
  EXPECT_NE(Streams("**/*.csv").find("** is not known"), std::string::npos);
  EXPECT_NE(Streams("2027/*.csv").find("no file was found"), std::string::npos);
  EXPECT_NE(Streams("2027.csv").find("no file was found"), std::string::npos);
}

TEST_F(FilesTest, TwoFilesOfOneStreamAreRefused) {
  folder_.Write("a.csv", "a\n");
  folder_.Write("a.csv.gz", Gzip("a\n"));
  EXPECT_EQ(Streams("").find("the files 'a.csv' and 'a.csv.gz' would both be the stream 'a'"), 0U);
}

TEST_F(FilesTest, UnknownStreamIsASentence) {
  folder_.Write("a.csv", "a\n");
  folder_.Write("b.csv", "a\n");
  sdk::PluginTest source(connhost_plugin_v1, folder_.Config(""));
  const sdk::ReadResult result = source.Read(FullRead("c"));
  EXPECT_EQ(result.status, CONNHOST_CONFIG);
  EXPECT_EQ(result.sentence,
            "there is no file for the stream 'c'; the files found are for 'a' and 'b'");
}

TEST_F(FilesTest, TabsSeparateInTsvFiles) {
  folder_.Write("a.tsv", "x\ty,z\n1\t2\n");
  sdk::PluginTest source(connhost_plugin_v1, folder_.Config(""));
  EXPECT_EQ(source.Read(FullRead("a")).rows, std::vector<std::string>{R"({"x":"1","y,z":"2"})"});
}

TEST_F(FilesTest, DiscoveryTellsColumns) {
  folder_.Write("a.csv", "id,at\n");
  sdk::PluginTest source(connhost_plugin_v1,
                         folder_.Config("a.csv", R"(,"types":{"at":"timestamptz"})"));
  EXPECT_EQ(source.Authenticate(), CONNHOST_OK);
  EXPECT_EQ(source.Discover(),
            std::vector<std::string>{
                R"({"name":"a","fields":[{"name":"id","type":"utf8","nullable":true},)"
                R"({"name":"at","type":"timestamptz","nullable":true}],"key":[],)"
                R"("sync":["full","incremental"]})"});
}

TEST_F(FilesTest, AnEmptyFileAmongOthersIsSkipped) {
  folder_.Write("a.csv", "");
  folder_.Write("b.csv", "x\n1\n");
  sdk::PluginTest source(connhost_plugin_v1, folder_.Config("", R"(,"stream":"s")"));
  const sdk::ReadResult result = source.Read(FullRead("s"));
  EXPECT_EQ(result.rows, std::vector<std::string>{R"({"x":"1"})"});
  EXPECT_EQ(source.host.lines.size(), 1U);
}

}  // namespace
}  // namespace connhost::csv
