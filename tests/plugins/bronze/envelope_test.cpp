// The lines themselves: keys, order, every type.
#include <cmath>
#include <limits>

#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

using sdk::Type;

class EnvelopeTest : public BronzeTest {
 protected:
  std::vector<std::string> Land(Table& table, const sdk::StreamTarget& target) {
    Landing landing(Config(), target);
    landing.Write(table, 1);
    landing.Commit(1, "{}", true);
    rejected = landing.rejected;
    return Lines(Stream());
  }
  // The part of each line behind `"data":`, without the closing brace of the line.
  std::vector<std::string> Data(Table& table) {
    std::vector<std::string> data;
    for (const std::string& line : Land(table, Target())) {
      EXPECT_TRUE(sdk::IsJson(line)) << line;
      const size_t at = line.find("\"data\":") + 7;
      data.push_back(line.substr(at, line.size() - at - 1));
    }
    return data;
  }

  std::vector<sdk::Rejected> rejected;
};

TEST_F(EnvelopeTest, HasExactlyTheseKeysInThisOrder) {
  Table table({{"id", Type::kInt64}, {"name", Type::kText}, {"at", Type::kTimestampUtc}});
  table.column(0).AppendInt64(17);
  table.column(1).AppendText("Zoë");
  table.column(2).AppendInt64(1'795'269'791'000'001);
  sdk::StreamTarget target = Target("20261121T140312-k3f9x2ab");
  target.key = {"name", "id"};
  target.cursor = "at";
  EXPECT_EQ(Land(table, target),
            std::vector<std::string>{
                R"({"tenant":"acme","connector":"csv@1.0.0","stream":"orders",)"
                R"("run_id":"20261121T140312-k3f9x2ab","sequence":1,"op":"upsert",)"
                R"("key":["Zoë",17],"cursor":"2026-11-21T14:03:11.000001Z",)"
                R"("emitted_at":"2026-11-21T14:03:12.123456Z",)"
                R"("data":{"id":17,"name":"Zoë","at":"2026-11-21T14:03:11.000001Z"}})"});
}

TEST_F(EnvelopeTest, KeyAndCursorAreNullWithoutColumns) {
  Table table({{"id", Type::kInt64}});
  table.column(0).AppendNull();
  const std::vector<std::string> lines = Land(table, Target());
  EXPECT_NE(lines.at(0).find(R"("op":"upsert","key":null,"cursor":null,"emitted_at")"),
            std::string::npos);
  EXPECT_TRUE(lines.at(0).ends_with(R"("data":{"id":null}})"));
}

TEST_F(EnvelopeTest, TakesTheOperationFromItsColumnAndHandsUnknownOnesBack) {
  Table table({{"_op", Type::kText}, {"id", Type::kInt64}});
  for (const char* op : {"upsert", "delete", "Delete", ""}) table.column(0).AppendText(op);
  table.column(0).AppendNull();
  for (int64_t id = 1; id <= 5; ++id) table.column(1).AppendInt64(id);
  const std::vector<std::string> lines = Land(table, Target());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NE(lines[0].find(R"("op":"upsert")"), std::string::npos);
  EXPECT_NE(lines[1].find(R"("op":"delete")"), std::string::npos);
  EXPECT_TRUE(lines[1].ends_with(R"("data":{"id":2}})"));
  ASSERT_EQ(rejected.size(), 3U);
  EXPECT_EQ(rejected[0].position, 2U);
  EXPECT_EQ(rejected[0].code, "unknown_op");
  EXPECT_EQ(rejected[2].position, 4U);
}

TEST_F(EnvelopeTest, AnOpColumnOfAnotherTypeIsData) {
  Table table({{"_op", Type::kInt64}});
  table.column(0).AppendInt64(3);
  EXPECT_EQ(Data(table), std::vector<std::string>{R"({"_op":3})"});
}

TEST_F(EnvelopeTest, ADocumentTakesThePlaceOfTheData) {
  Table table({{"_document", Type::kJson},
               {"_key_0", Type::kInt64},
               {"region", Type::kText},
               {"_cursor", Type::kInt64}});
  table.column(0).AppendText("{   \"id\": 1.50,    \"a\": [1, 2] }");
  table.column(1).AppendInt64(7);
  table.column(2).AppendText("eu");
  table.column(3).AppendInt64(99);
  sdk::StreamTarget target = Target();
  target.key = {"id", "region"};
  target.cursor = "updated";
  const std::string line = Land(table, target).at(0);
  EXPECT_NE(line.find(R"("key":[7,"eu"],"cursor":99,)"), std::string::npos) << line;
  EXPECT_TRUE(line.ends_with(R"("data":{   "id": 1.50,    "a": [1, 2] }})")) << line;
}

TEST_F(EnvelopeTest, TwoDocumentColumnsAreOrdinaryColumns) {
  Table table({{"_document", Type::kJson}, {"_document", Type::kJson}});
  table.column(0).AppendText("1");
  table.column(1).AppendText("[]");
  EXPECT_EQ(Data(table), std::vector<std::string>{R"({"_document":1,"_document":[]})"});
}

TEST_F(EnvelopeTest, AKeyThatIsNoColumnIsRefusedWithTheColumnsThereAre) {
  Table table({{"id", Type::kInt64}, {"name", Type::kText}});
  table.column(0).AppendInt64(1);
  table.column(1).AppendText("x");
  sdk::StreamTarget target = Target();
  target.key = {"uuid"};
  Landing landing(Config(), target);
  try {
    landing.Write(table, 1);
    FAIL() << "it was accepted";
  } catch (const sdk::ConfigFailure& failure) {
    EXPECT_NE(std::string(failure.what()).find("'uuid'"), std::string::npos);
    EXPECT_NE(std::string(failure.what()).find("id, name"), std::string::npos);
  }
}

TEST_F(EnvelopeTest, WritesEveryType) {
  Table table({{"b", Type::kBool},
               {"l", Type::kInt64},
               {"g", Type::kFloat64},
               {"u", Type::kText},
               {"z", Type::kBinary},
               {"d", Type::kDate},
               {"t", Type::kTimestamp},
               {"tz", Type::kTimestampUtc},
               {"n", Type::kDecimal, true, 12, 2},
               {"j", Type::kJson},
               {"x", Type::kNumber}});
  table.column(0).AppendBool(true);
  table.column(1).AppendInt64(std::numeric_limits<int64_t>::min());
  table.column(2).AppendFloat64(0.1);
  table.column(3).AppendText("a\"b\\c\n\x01");
  table.column(4).AppendText(std::string("\0\xff~", 3));
  table.column(5).AppendDate(-1);
  table.column(6).AppendInt64(-1);
  table.column(7).AppendInt64(0);
  table.column(8).AppendDecimal(static_cast<uint64_t>(-1230), -1);
  table.column(9).AppendText("{\"k\": \"\\u00e9\"}");
  table.column(10).AppendText("123456789012345678901234567890.10e-5");
  for (size_t i = 0; i < 11; ++i) table.column(i).AppendNull();
  EXPECT_EQ(Data(table),
            (std::vector<std::string>{
                R"({"b":true,"l":-9223372036854775808,"g":0.1,"u":"a\"b\\c\n\u0001","z":"AP9+",)"
                R"("d":"1969-12-31","t":"1969-12-31T23:59:59.999999",)"
                R"("tz":"1970-01-01T00:00:00.000000Z","n":-12.30,"j":{"k": "\u00e9"},)"
                R"("x":123456789012345678901234567890.10e-5})",
                R"({"b":null,"l":null,"g":null,"u":null,"z":null,"d":null,"t":null,"tz":null,)"
                R"("n":null,"j":null,"x":null})"}));
}

TEST_F(EnvelopeTest, HostileNamesStayJson) {
  Table table({{"a\"\n\\é", Type::kInt64}, {"", Type::kInt64}});
  table.column(0).AppendInt64(1);
  table.column(1).AppendInt64(2);
  EXPECT_EQ(Data(table), std::vector<std::string>{"{\"a\\\"\\u000a\\\\é\":1,\"\":2}"});
}

}  // namespace
}  // namespace connhost::bronze
