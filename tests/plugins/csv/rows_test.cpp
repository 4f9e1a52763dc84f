// What a text's rows are, case by case.
#include <gtest/gtest.h>

#include "tests/plugins/csv/csv_folder.h"

namespace connhost::csv {
namespace {

using Rows = std::vector<std::string>;

struct Case {
  const char* name;
  std::string text;
  Rows rows;
  const char* more = "";
};

const Case kCases[] = {
    {"simple", "a,b,c\n1,2,3\n", {R"({"a":"1","b":"2","c":"3"})"}},
    {"no_last_line_end", "a,b\n1,2\n3,4", {R"({"a":"1","b":"2"})", R"({"a":"3","b":"4"})"}},
    {"crlf", "a,b\r\n1,2\r\n3,4\r\n", {R"({"a":"1","b":"2"})", R"({"a":"3","b":"4"})"}},
    {"mixed_line_ends", "a,b\r\n1,2\n3,4\r\n", {R"({"a":"1","b":"2"})", R"({"a":"3","b":"4"})"}},
    {"lone_cr_at_end", "a,b\r\n1,2\r", {R"({"a":"1","b":"2"})"}},
    {"byte_order_mark",
     "\xEF\xBB\xBF"
     "a,b\n1,2\n",
     {R"({"a":"1","b":"2"})"}},
    {"comma_in_quotes", "a,b\n\"x,y\",2\n", {R"({"a":"x,y","b":"2"})"}},
    {"escaped_quotes", "a,b\n1,\"ha \"\"ha\"\" ha\"\n", {R"({"a":"1","b":"ha \"ha\" ha"})"}},
    {"only_quotes", "a,b\n\"\"\"\",\"\"\"\"\"\"\n", {R"({"a":"\"","b":"\"\""})"}},
    {"json_in_quotes",
     "k,v\n1,\"{\"\"t\"\": \"\"P\"\"}\"\n",
     {R"({"k":"1","v":"{\"t\": \"P\"}"})"}},
    {"newline_in_quotes",
     "a,b\n\"x\ny\",2\n3,4\n",
     {R"({"a":"x\u000ay","b":"2"})", R"({"a":"3","b":"4"})"}},
    {"crlf_in_quotes", "a,b\r\n\"x\r\ny\",2\r\n", {R"({"a":"x\u000d\u000ay","b":"2"})"}},
    {"cr_before_closing_quote", "a,b\r\n1,\"y\r\"\r\n", {R"({"a":"1","b":"y\u000d"})"}},
    {"cr_within_a_field", "a,b\nx\ry,2\n", {R"({"a":"x\u000dy","b":"2"})"}},
    {"quoted_last_without_line_end", "a,b\n1,\"x\"", {R"({"a":"1","b":"x"})"}},
    {"null_is_not_empty", "a,b,c\n,\"\",x\n", {R"({"a":null,"b":"","c":"x"})"}},
    {"nulls_at_the_end", "a,b,c\n,,\n", {R"({"a":null,"b":null,"c":null})"}},
    {"text_stays_text", "a,b\n01234,NA\n", {R"({"a":"01234","b":"NA"})"}},
    {"spaces_stay", "a,b\n x , y\n", {R"({"a":" x ","b":" y"})"}},
    {"utf8", "a,b\nZoë,李雷 🚀\n", {"{\"a\":\"Zoë\",\"b\":\"李雷 🚀\"}"}},
    {"nul_byte", std::string("a,b\nx\0y,2\n", 10), {R"({"a":"x\u0000y","b":"2"})"}},
    {"blank_lines", "a,b\n\n1,2\n\r\n\n3,4\n\n", {R"({"a":"1","b":"2"})", R"({"a":"3","b":"4"})"}},
    {"blank_line_in_one_column", "a\n1\n\n3\n", {R"({"a":"1"})", R"({"a":null})", R"({"a":"3"})"}},
    {"one_quoted_empty", "a\n\"\"\n", {R"({"a":""})"}},
    {"quoted_header", "\"a,b\",\"c\"\"d\"\n1,2\n", {R"({"a,b":"1","c\"d":"2"})"}},
    {"header_only", "a,b\n", {}},
    {"header_only_without_line_end", "a,b", {}},
    {"no_header",
     "1,2\n3,4\n",
     {R"({"c1":"1","c2":"2"})", R"({"c1":"3","c2":"4"})"},
     R"(,"header":false)"},
    {"given_columns", "1,2\n", {R"({"x":"1","y":"2"})"}, R"(,"header":false,"columns":["x","y"])"},
    {"no_header_and_a_mark",
     "\xEF\xBB\xBF"
     "1,2\n",
     {R"({"c1":"1","c2":"2"})"},
     R"(,"header":false)"},
    {"tab", "a\tb\n1,5\t\"x\ty\"\n", {R"({"a":"1,5","b":"x\u0009y"})"}, R"(,"delimiter":"\t")"},
    {"other_quote", "a,b\n'x,''y',\"\n", {R"({"a":"x,'y","b":"\""})"}, R"(,"quote":"'")"},
    {"no_quote", "a,b\n\"x,y\"\n", {R"({"a":"\"x","b":"y\""})"}, R"(,"quote":"")"},
    {"trim",
     "a,b\n  x , \"y \" \n\"z\"  ,\t\n",
     {R"({"a":"x","b":"y "})", R"({"a":"z","b":null})"},
     R"(,"trim":true)"},
    {"comments",
     "# \"one\na,b\n# two, \"\n1,2\n#\n3,#4\n# end",
     {R"({"a":"1","b":"2"})", R"({"a":"3","b":"#4"})"},
     R"(,"comment":"#")"},
    {"null_values",
     "a,b,c\nNA,\"NA\",\n-,x,NA\n",
     {R"({"a":null,"b":"NA","c":""})", R"({"a":null,"b":"x","c":null})"},
     R"(,"null_values":["NA","-"])"},
};

class RowsTest : public testing::TestWithParam<Case> {};

TEST_P(RowsTest, GivesTheRows) {
  const Case& c = GetParam();
  const connhost_plugin plugins[] = {connhost_plugin_v1, SteppedPlugin<1, 1>(),
                                     SteppedPlugin<7, 3>(), SteppedPlugin<64, 64>()};
  for (const connhost_plugin& plugin : plugins) {
    const sdk::ReadResult result = ReadText(c.text, c.more, plugin);
    EXPECT_EQ(result.status, CONNHOST_OK) << result.sentence;
    EXPECT_EQ(result.rows, c.rows);
  }
}

INSTANTIATE_TEST_SUITE_P(All, RowsTest, testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(RowNumbersTest, CountRecordsAndNotLines) {
  const sdk::ReadResult result = ReadText("a,b\n\"x\ny\",2\n\n3\n4,5\n");
  ASSERT_EQ(result.rejected.size(), 1U);
  EXPECT_EQ(result.rejected[0].reason, "expected 2 fields, found 1 in row 2 (line 5) of t.csv");
  EXPECT_EQ(result.rejected[0].position, 2U);
  EXPECT_EQ(result.positions, (Rows{"t.csv:1", "t.csv:3"}));
}

}  // namespace
}  // namespace connhost::csv
