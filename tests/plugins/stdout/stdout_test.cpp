// What is printed, in both formats.
#include <gtest/gtest.h>

#include <connhost/testing.hpp>
#include <limits>

extern "C" const connhost_plugin connhost_plugin_v1;

namespace connhost::stdout_destination {
namespace {

using sdk::Column;
using sdk::Type;

constexpr const char* kTarget =
    R"({"tenant":"t","connection":"c","stream":"s","connector":"stdout@1.0.0","run_id":"r","mode":"append"})";

std::vector<Column> EveryType() {
  return {{"b", Type::kBool, true, 0, 0},       {"i", Type::kInt64, true, 0, 0},
          {"f", Type::kFloat64, true, 0, 0},    {"t", Type::kText, true, 0, 0},
          {"x", Type::kBinary, true, 0, 0},     {"d", Type::kDate, true, 0, 0},
          {"ts", Type::kTimestamp, true, 0, 0}, {"tz", Type::kTimestampUtc, true, 0, 0},
          {"n", Type::kDecimal, true, 12, 2},   {"j", Type::kJson, true, 0, 0},
          {"m", Type::kNumber, true, 0, 0}};
}

void AppendEveryType(sdk::BatchWriter& rows) {
  rows[0].AppendBool(true);
  rows[1].AppendInt64(std::numeric_limits<int64_t>::min());
  rows[2].AppendFloat64(0.1);
  rows[3].AppendText("a\"b\n☃");
  rows[4].AppendText(std::string_view("\0\xFF\x01\x02", 4));
  rows[5].AppendDate(-1);
  rows[6].AppendInt64(-1);
  rows[7].AppendInt64(1'700'000'000'123'456);
  rows[8].AppendDecimal(static_cast<uint64_t>(-5), -1);
  rows[9].AppendText("{\"k\": [1]}");
  rows[10].AppendText("1.00e400");
  rows.EndRow();
}

std::string Printed(const std::string& config, const std::vector<Column>& columns,
                    const std::function<void(sdk::BatchWriter&)>& fill) {
  sdk::PluginTest test(connhost_plugin_v1, config);
  sdk::DestinationFeed feed(connhost_plugin_v1, test, kTarget);
  EXPECT_EQ(feed.status, CONNHOST_OK) << test.host.sentence;
  feed.Open(columns);
  fill(*feed.rows);
  EXPECT_EQ(feed.Commit(1, "{}", true), CONNHOST_OK);
  EXPECT_EQ(feed.receipt.bytes, test.host.console.size());
  return test.host.console;
}

TEST(JsonLines, PrintEveryType) {
  const std::string line = Printed("{}", EveryType(), AppendEveryType);
  EXPECT_EQ(
      line,
      "{\"b\":true,\"i\":-9223372036854775808,\"f\":0.1,\"t\":\"a\\\"b\\u000a☃\","
      "\"x\":\"AP8BAg==\",\"d\":\"1969-12-31\",\"ts\":\"1969-12-31T23:59:59.999999\","
      "\"tz\":\"2023-11-14T22:13:20.123456Z\",\"n\":-0.05,\"j\":{\"k\": [1]},\"m\":1.00e400}\n");
  EXPECT_TRUE(sdk::IsJson(line));
}

TEST(JsonLines, PrintNullsAndWhatJsonHasNoNumberFor) {
  const std::vector<Column> columns = {{"f", Type::kFloat64, true, 0, 0},
                                       {"d", Type::kDate, true, 0, 0}};
  const std::string lines = Printed("{}", columns, [](sdk::BatchWriter& rows) {
    rows[0].AppendFloat64(std::numeric_limits<double>::quiet_NaN());
    rows[1].AppendDate(std::numeric_limits<int32_t>::max());
    rows.EndRow();
    rows[0].AppendNull();
    rows[1].AppendNull();
    rows.EndRow();
  });
  EXPECT_EQ(
      lines,
      "{\"f\":\"nan\",\"d\":\"2147483647 days since 1970-01-01\"}\n{\"f\":null,\"d\":null}\n");
}

TEST(JsonLines, ADocumentIsItsOwnLine) {
  const std::vector<Column> columns = {{"_document", Type::kJson, true, 0, 0},
                                       {"id", Type::kInt64, true, 0, 0}};
  EXPECT_EQ(Printed("{}", columns,
                    [](sdk::BatchWriter& rows) {
                      rows[0].AppendText("{\"id\": 1.00,\n\"s\":\"\\n\"}");
                      rows[1].AppendInt64(1);
                      rows.EndRow();
                      rows[0].AppendNull();
                      rows[1].AppendInt64(2);
                      rows.EndRow();
                    }),
            "{\"id\": 1.00, \"s\":\"\\n\"}\n{\"_document\":null,\"id\":2}\n");
}

TEST(Table, AlignsColumnsAndCutsWhatIsLong) {
  const std::vector<Column> columns = {{"id", Type::kInt64, true, 0, 0},
                                       {"name", Type::kText, true, 0, 0},
                                       {"v", Type::kBool, true, 0, 0}};
  const auto fill = [](sdk::BatchWriter& rows) {
    rows[0].AppendInt64(7);
    rows[1].AppendText("Zoë");
    rows[2].AppendBool(true);
    rows.EndRow();
    rows[0].AppendInt64(12345);
    rows[1].AppendText("a\x1B[2J\nb");
    rows[2].AppendNull();
    rows.EndRow();
    rows.Flush();
    rows[0].AppendNull();
    rows[1].AppendText("ééééééééééé");
    rows[2].AppendBool(false);
    rows.EndRow();
  };
  EXPECT_EQ(Printed(R"({"format":"table"})", columns, fill),
            "   id  name     v\n"
            "-----  -------  ----\n"
            "    7  Zoë      true\n"
            "12345  a [2J b\n"
            "       éééééé…  fal…\n");
}

TEST(Destination, RefusesWhatPrintingCannotDo) {
  sdk::PluginTest test(connhost_plugin_v1, "{}");
  std::string target = kTarget;
  target.replace(target.find("append"), 6, "upsert");
  EXPECT_EQ(sdk::DestinationFeed(connhost_plugin_v1, test, target).status, CONNHOST_UNSUPPORTED);
  EXPECT_NE(test.host.sentence.find("'write: append'"), std::string::npos);
  EXPECT_EQ(sdk::PluginTest(connhost_plugin_v1, R"({"format":"xml"})").created(), CONNHOST_CONFIG);
}

TEST(Destination, CountsPerCommitAndRecoversNothing) {
  sdk::PluginTest test(connhost_plugin_v1, "{}");
  sdk::DestinationFeed feed(connhost_plugin_v1, test, kTarget);
  EXPECT_FALSE(feed.recovered.any);
  feed.Open({{"i", Type::kInt64, true, 0, 0}});
  for (int i = 0; i < 3; ++i) {
    (*feed.rows)[0].AppendInt64(i);
    feed.rows->EndRow();
  }
  feed.Commit(1, "{}", false);
  EXPECT_EQ(feed.receipt.records, 3U);
  feed.Commit(2, "{}", true);
  EXPECT_EQ(feed.receipt.records, 0U);
}

}  // namespace
}  // namespace connhost::stdout_destination
