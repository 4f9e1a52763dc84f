// Bad rows: one rejection each that says where, and everything else loads.
#include <gtest/gtest.h>

#include "tests/plugins/csv/csv_folder.h"

namespace connhost::csv {
namespace {

using Rows = std::vector<std::string>;

struct Fault {
  const char* name;
  std::string text;
  const char* code;
  std::string reason;
  std::string raw;
  size_t rows;  // that load
  const char* more = "";
};

const Fault kFaults[] = {
    {"too_few", "a,b\n1,2\n3\n4,5\n", "ragged_row",
     "expected 2 fields, found 1 in row 2 (line 3) of t.csv", "3", 2},
    {"too_many", "a,b\n1,2,3\r\n4,5\n", "ragged_row",
     "expected 2 fields, found 3 in row 1 (line 2) of t.csv", "1,2,3", 1},
    {"stray_quote", "a,b\n1,2\"3\n4,5\n", "stray_quote",
     "a quote stands inside the unquoted column 'b' in row 1 (line 2) of t.csv; quote the field "
     "and "
     "double the quote",
     "1,2\"3", 1},
    {"text_after_quote", "a,b\n1,2\n\"x\ny\"z,3\n4,5\n", "stray_quote",
     "text follows the closing quote of column 'a' in row 2 (line 4) of t.csv", "\"x\ny\"z,3", 2},
    {"cr_after_quote", "a,b\n1,2\n\"x\"\rz,3\n4,5\n", "stray_quote",
     "text follows the closing quote of column 'a' in row 2 (line 3) of t.csv", "\"x\"\rz,3", 2},
    {"cr_and_delimiter_after_quote", "a,b\n\"x\"\r,3\n4,5\n", "stray_quote",
     "text follows the closing quote of column 'a' in row 1 (line 2) of t.csv", "\"x\"\r,3", 1},
    {"unterminated", "a,b\n1,2\n3,\"x\n4,5\n6,7\n", "unterminated_quote",
     "the quote that opens in column 'b' in row 2 (line 3) of t.csv is never closed: the 13 bytes "
     "to "
     "the end of the file are one broken record",
     "3,\"x\n4,5\n6,7\n", 1},
    {"invalid_utf8", "a,b\n1,2\n3,x\xE9y\n4,5\n", "invalid_utf8",
     "column 'b' is not valid UTF-8 in row 2 (line 3) of t.csv; set 'encoding' to what the file is",
     "3,x\xE9y", 2},
    {"invalid_utf8_in_last_row", "a,b\n1,2\n\xC3,y", "invalid_utf8",
     "column 'a' is not valid UTF-8 in row 2 (line 3) of t.csv; set 'encoding' to what the file is",
     "\xC3,y", 1},
    {"bad_value", "a,b\n1,2\nx1,3\n4,5\n", "bad_value",
     "column 'a' takes a whole number of 64 bits, found 'x1' in row 2 (line 3) of t.csv", "x1,3", 2,
     R"(,"types":{"a":"int64"})"},
    {"bad_quoted_value", "a,b\n1,\"\"\n4,5\n", "bad_value",
     "column 'b' takes a finite number, found '' in row 1 (line 2) of t.csv", "1,\"\"", 1,
     R"(,"types":{"b":"float64"})"},
};

class FaultTest : public testing::TestWithParam<Fault> {};

TEST_P(FaultTest, IsOneRejection) {
  const Fault& fault = GetParam();
  const connhost_plugin plugins[] = {connhost_plugin_v1, SteppedPlugin<1, 1>(),
                                     SteppedPlugin<5, 64>()};
  for (const connhost_plugin& plugin : plugins) {
    const sdk::ReadResult result = ReadText(fault.text, fault.more, plugin);
    EXPECT_EQ(result.status, CONNHOST_OK) << result.sentence;
    EXPECT_EQ(result.rows.size(), fault.rows);
    ASSERT_EQ(result.rejected.size(), 1U);
    EXPECT_EQ(result.rejected[0].code, fault.code);
    EXPECT_EQ(result.rejected[0].reason, fault.reason);
    EXPECT_EQ(result.rejected[0].raw, fault.raw);
  }
}

TEST_P(FaultTest, FailsTheReadWhereAsked) {
  const Fault& fault = GetParam();
  const sdk::ReadResult result =
      ReadText(fault.text, fault.more + std::string(R"(,"on_bad_row":"fail")"));
  EXPECT_EQ(result.status, CONNHOST_CONFIG);
  EXPECT_EQ(result.sentence, fault.reason + "; correct the file, or set 'on_bad_row' to reject");
}

INSTANTIATE_TEST_SUITE_P(All, FaultTest, testing::ValuesIn(kFaults),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(ManyFaultsTest, AreAllFoundAndNothingElse) {
  std::string text = "id,v\n";
  size_t bad = 0;
  for (int i = 1; i <= 20000; ++i) {
    const bool wrong = i % 7 == 0 || (i > 5000 && i < 5600);
    bad += wrong ? 1 : 0;
    text += wrong ? "x" + std::to_string(i) + ",v\n" : std::to_string(i) + ",v\n";
  }
  const sdk::ReadResult result = ReadText(text, R"(,"types":{"id":"int64"})");
  EXPECT_EQ(result.rejected.size(), bad);
  ASSERT_EQ(result.rows.size(), 20000 - bad);
  for (size_t i = 0; i < result.rows.size(); ++i) {
    const std::string id = result.positions[i].substr(6);
    EXPECT_EQ(result.rows[i], "{\"id\":" + id + ",\"v\":\"v\"}");
  }
  for (const sdk::Rejected& r : result.rejected) {
    EXPECT_EQ(r.raw, "x" + std::to_string(r.position) + ",v");
  }
}

TEST(LargeRecordTest, IsRejectedWithItsBeginningAndTheRestLoads) {
  const std::string large(300000, 'x');
  const std::string text = "a,b\n1,2\n3,\"" + large + "\n\"\n4,5\n";
  const sdk::ReadResult result = ReadText(text, "", SteppedPlugin<4096, 4096, 1 << 20, 100000>());
  EXPECT_EQ(result.rows, (Rows{R"({"a":"1","b":"2"})", R"({"a":"4","b":"5"})"}));
  ASSERT_EQ(result.rejected.size(), 1U);
  EXPECT_EQ(result.rejected[0].code, "too_large");
  EXPECT_EQ(result.rejected[0].raw.size(), kRawBytes);
  EXPECT_NE(result.rejected[0].reason.find("record of 300006 bytes in row 2 (line 3)"),
            std::string::npos)
      << result.rejected[0].reason;
}

TEST(LargeRecordTest, IsReadWhenItFits) {
  const std::string large(3000000, 'x');
  const sdk::ReadResult result = ReadText("a,b\n1,2\n3,\"" + large + "\n\"\n4,5\n");
  EXPECT_EQ(result.rejected.size(), 0U);
  ASSERT_EQ(result.rows.size(), 3U);
  EXPECT_EQ(result.rows[1].size(), large.size() + 22);
}

TEST(HeaderTest, IsRefusedWithASentence) {
  const std::pair<std::string, std::string> cases[] = {
      {"a,,c\n", "has no name for column 2"},
      {"a,b,a\n", "has the name 'a' in the columns 1 and 3"},
      {"a,b\xE9\n", "is not valid UTF-8 in column 2"},
      {"a,b\r1,2\r", "lines must end with LF or CR LF"},
      {"a,b\"c\n", "has a misplaced quote in column 2"},
      {"a,\"b\n", "has a misplaced quote in column 2"},
      {std::string(70000, 'x'), "does not end within 65536 bytes"},
      {"", "is empty: expected a header line"},
      {"\xEF\xBB\xBF", "is empty: expected a header line"}};
  for (const auto& [text, part] : cases) {
    const sdk::ReadResult result = ReadText(text);
    EXPECT_EQ(result.status, CONNHOST_CONFIG);
    EXPECT_NE(result.sentence.find(part), std::string::npos) << result.sentence;
  }
}

TEST(ConfigTest, IsRefusedWithASentence) {
  const std::pair<const char*, const char*> cases[] = {
      {R"(,"delimiter":"")", "'delimiter' is empty"},
      {R"(,"delimiter":"ab")", "one ASCII character"},
      {R"(,"delimiter":"\n")", "one ASCII character"},
      {R"(,"delimiter":"\"")", "different characters"},
      {R"(,"encoding":"ebcdic")", "must be one of 'utf-8'"},
      {R"(,"types":{"a":"int"})", "'types.a' is 'int', but must be one of 'text', 'int64'"},
      {R"(,"types":{"aa":"int64"})",
       "declares the column 'aa', which no file has; the columns are "
       "'a' and 'b'"},
      {R"(,"columns":["x"])", "set 'header' to false"},
      {R"(,"on_bad_row":"skip")", "must be one of 'reject' and 'fail'"}};
  for (const auto& [more, part] : cases) {
    const sdk::ReadResult result = ReadText("a,b\n1,2\n", more);
    EXPECT_EQ(result.status, CONNHOST_CONFIG) << more;
    EXPECT_NE(result.sentence.find(part), std::string::npos) << result.sentence;
  }
}

}  // namespace
}  // namespace connhost::csv
