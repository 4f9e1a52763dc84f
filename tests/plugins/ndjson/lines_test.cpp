// Documents one per line: bytes, positions, columns.
#include <gtest/gtest.h>

#include "tests/plugins/ndjson/input_folder.h"

namespace connhost::ndjson {
namespace {

using Texts = std::vector<std::string>;

TEST(Lines, PassByteForByteWithTheirLineNumbers) {
  const InputFolder folder;
  const std::string odd = R"( {"n":1.00,"big":123456789012345678901234567890,"s":"\u00e9\/"} )";
  folder.Write("orders.ndjson",
               "\xEF\xBB\xBF{\"a\":1}\r\n\n   \n" + odd + "\nnot json\n[1,\t2]\n7");
  const sdk::ReadResult result = ReadAll(folder.Config("orders.ndjson"), Request("orders"));
  EXPECT_EQ(result.status, CONNHOST_OK) << result.sentence;
  EXPECT_EQ(Documents(result), (Texts{"{\"a\":1}", odd, "not json", "[1,\t2]", "7"}));
  EXPECT_EQ(result.positions, (Texts{"orders.ndjson:1", "orders.ndjson:4", "orders.ndjson:5",
                                     "orders.ndjson:6", "orders.ndjson:7"}));
  ASSERT_EQ(result.columns.size(), 1U);
  EXPECT_EQ(result.columns[0].type, sdk::Type::kJson);
}

TEST(Lines, GiveKeyAndCursorAsRawJson) {
  const InputFolder folder;
  folder.Write("x.jsonl",
               "{\"id\":1.50,\"at\":\"2024\",\"o\":{\"id\":9}}\n{\"i\\u0064\":[1, 2],\"at\":null}\n"
               "{\"id\":1,\"id\":2}\n");
  const sdk::ReadResult result =
      ReadAll(folder.Config("x.jsonl"), Request("x", R"(,"key":["id"],"cursor":"at")"));
  EXPECT_EQ(result.rows,
            (Texts{R"({"_document":{"id":1.50,"at":"2024","o":{"id":9}},"at":"2024","id":1.50})",
                   R"({"_document":{"i\u0064":[1, 2],"at":null},"at":null,"id":[1, 2]})",
                   R"({"_document":{"id":1,"id":2},"at":null,"id":2})"}));
}

TEST(Lines, WithKeysWhatIsNoObjectIsRejected) {
  const InputFolder folder;
  folder.Write("x.ndjson", "{\"id\":1}\n{\"id\":\n[1]\n{\"id\":2} x\n{\"id\":3}\n");
  const sdk::ReadResult result =
      ReadAll(folder.Config("x.ndjson"), Request("x", R"(,"key":["id"])"));
  EXPECT_EQ(result.positions, (Texts{"x.ndjson:1", "x.ndjson:5"}));
  ASSERT_EQ(result.rejected.size(), 3U);
  EXPECT_EQ(result.rejected[0].code, "invalid_json");
  EXPECT_EQ(result.rejected[0].position, 2U);
  EXPECT_EQ(result.rejected[0].raw, "{\"id\":");
  EXPECT_EQ(result.rejected[2].origin, "x.ndjson");
}

TEST(Lines, ARecordBeyondTheLimitIsRejectedAndTheNextIsRead) {
  const InputFolder folder;
  const std::string large = "{\"a\":\"" + std::string(2'000'000, 'x') + "\"}";
  folder.Write("x.ndjson", "{}\n" + large + "\n{\"b\":1}\n");
  const sdk::ReadResult result =
      ReadAll(folder.Config("x.ndjson", R"(,"max_record_bytes":1000)"), Request("x"));
  EXPECT_EQ(Documents(result), (Texts{"{}", "{\"b\":1}"}));
  ASSERT_EQ(result.rejected.size(), 1U);
  EXPECT_EQ(result.rejected[0].code, "record_too_large");
  EXPECT_EQ(result.rejected[0].position, 2U);
  EXPECT_EQ(result.rejected[0].raw, large.substr(0, 1000));
  EXPECT_EQ(ReadAll(folder.Config("x.ndjson"), Request("x")).rows.size(), 3U);
}

TEST(Lines, TheKeyCannotBeTheDocument) {
  const InputFolder folder;
  folder.Write("x.ndjson", "{}\n");
  const sdk::ReadResult result =
      ReadAll(folder.Config("x.ndjson"), Request("x", R"(,"key":["_document"])"));
  EXPECT_EQ(result.status, CONNHOST_CONFIG);
  EXPECT_NE(result.sentence.find("'_document' is the whole record"), std::string::npos);
}

TEST(Lines, AnEmptyFileHasNone) {
  const InputFolder folder;
  folder.Write("x.ndjson", "");
  const sdk::ReadResult result = ReadAll(folder.Config("x.ndjson"), Request("x"));
  EXPECT_EQ(result.status, CONNHOST_OK);
  EXPECT_TRUE(result.rows.empty());
  EXPECT_EQ(result.columns.size(), 1U);
  EXPECT_EQ(result.states.size(), 1U);
}

TEST(Lines, StopWhenTheHostAsks) {
  const InputFolder folder;
  folder.Write("x.ndjson", "{}\n");
  sdk::PluginTest source(connhost_plugin_v1, folder.Config("x.ndjson"));
  source.host.cancel = true;
  EXPECT_EQ(source.Read(Request("x")).status, CONNHOST_CANCELLED);
}

}  // namespace
}  // namespace connhost::ndjson
