// One large document, packed files, and which format `auto` finds.
#include <gtest/gtest.h>

#include "tests/plugins/ndjson/input_folder.h"

namespace connhost::ndjson {
namespace {

using Texts = std::vector<std::string>;

TEST(Array, ElementsAreTheRecords) {
  const InputFolder folder;
  folder.Write("x.json", "\n[\n  {\"a\": 1.0,\n   \"b\": \"t\\tt\"},\n  2\n]\n");
  const sdk::ReadResult result = ReadAll(folder.Config("x.json"), Request("x"));
  EXPECT_EQ(result.status, CONNHOST_OK) << result.sentence;
  EXPECT_EQ(Documents(result), (Texts{"{\"a\": 1.0,    \"b\": \"t\\tt\"}", "2"}));
  EXPECT_EQ(result.positions, (Texts{"x.json:1", "x.json:2"}));
}

TEST(Array, APointerLeadsIntoALargeDocument) {
  const InputFolder folder;
  folder.Write("x.json", R"({"total":2,"data":{"items":[{"id":1},{"id":2}]},"next":null})");
  const sdk::ReadResult result =
      ReadAll(folder.Config("x.json", R"(,"pointer":"/data/items")"), Request("x"));
  EXPECT_EQ(Documents(result), (Texts{R"({"id":1})", R"({"id":2})"}));
}

TEST(Array, DamageIsASentenceWithFileAndByte) {
  const InputFolder folder;
  folder.Write("x.json", "[1,2");
  const sdk::ReadResult cut = ReadAll(folder.Config("x.json"), Request("x"));
  EXPECT_EQ(cut.status, CONNHOST_TRANSIENT);
  EXPECT_NE(cut.sentence.find("x.json' ends at byte 4"), std::string::npos) << cut.sentence;
  folder.Write("x.json", "[1,2]]");
  const sdk::ReadResult more = ReadAll(folder.Config("x.json"), Request("x"));
  EXPECT_EQ(more.status, CONNHOST_CONFIG);
  EXPECT_NE(more.sentence.find("at byte 5 behind element 2"), std::string::npos) << more.sentence;
}

TEST(Array, ListsOnePerLineNeedTheFormatSaid) {
  const InputFolder folder;
  folder.Write("x.json", "[1]\n[2]\n");
  EXPECT_NE(ReadAll(folder.Config("x.json"), Request("x")).sentence.find("'format: lines'"),
            std::string::npos);
  const sdk::ReadResult lines =
      ReadAll(folder.Config("x.json", R"(,"format":"lines")"), Request("x"));
  EXPECT_EQ(Documents(lines), (Texts{"[1]", "[2]"}));
}

TEST(Packed, FilesReadLikePlainOnes) {
  const InputFolder folder;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "{\"n\":" + std::to_string(i) + ",\"s\":\"ääää\"}\n";
  folder.Write("a.ndjson", text);
  folder.Write("b.ndjson.gz", Gzip(text));
  folder.Write("c.jsonl.zst", Zstd(text));
  folder.Write("d.json", Gzip(text));  // the bytes tell, not the name
  const Texts plain = Documents(ReadAll(folder.Config("a.ndjson"), Request("a")));
  EXPECT_EQ(plain.size(), 20000U);
  EXPECT_EQ(Documents(ReadAll(folder.Config(""), Request("b"))), plain);
  EXPECT_EQ(Documents(ReadAll(folder.Config(""), Request("c"))), plain);
  EXPECT_EQ(Documents(ReadAll(folder.Config("d.json"), Request("d"))), plain);
}

TEST(Packed, SeveralMembersAreOneInput) {
  const InputFolder folder;
  folder.Write("g.ndjson.gz", Gzip("{\"a\":1}\n{\"b\"") + Gzip(":2}\n") + std::string(600, '\0'));
  folder.Write("z.ndjson.zst", Zstd("{\"a\":1}\n{\"b\"") + Zstd(":2}\n"));
  const Texts expected = {"{\"a\":1}", "{\"b\":2}"};
  EXPECT_EQ(Documents(ReadAll(folder.Config("g.ndjson.gz"), Request("g"))), expected);
  EXPECT_EQ(Documents(ReadAll(folder.Config("z.ndjson.zst"), Request("z"))), expected);
}

TEST(Packed, DamageAndCutsAreSentences) {
  const InputFolder folder;
  const std::string text(100000, ' ');
  for (const std::string& packed : {Gzip(text + "{}\n"), Zstd(text + "{}\n")}) {
    for (size_t length = 5; length < packed.size(); length += 7) {
      folder.Write("x.ndjson", packed.substr(0, length));
      const sdk::ReadResult result = ReadAll(folder.Config("x.ndjson"), Request("x"));
      EXPECT_EQ(result.status, CONNHOST_TRANSIENT) << length << " of " << packed.size();
      EXPECT_NE(result.sentence.find("in the middle of"), std::string::npos);
    }
    folder.Write("x.ndjson", packed + "garbage");
    const sdk::ReadResult result = ReadAll(folder.Config("x.ndjson"), Request("x"));
    EXPECT_EQ(result.status, CONNHOST_CONFIG);
    EXPECT_NE(result.sentence.find("holds damaged"), std::string::npos) << result.sentence;
  }
}

}  // namespace
}  // namespace connhost::ndjson
