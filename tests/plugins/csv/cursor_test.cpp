// Reads by a cursor column.
#include <gtest/gtest.h>

#include "tests/plugins/csv/csv_folder.h"

namespace connhost::csv {
namespace {

using Rows = std::vector<std::string>;

class CursorTest : public testing::Test {
 protected:
  Rows Next(const std::string& types = R"({"t":"int64"})", const std::string& more = "") {
    sdk::PluginTest source(connhost_plugin_v1, folder_.Config("a.csv", ",\"types\":" + types));
    last_ = source.Read(IncrementalRead("a", R"(,"cursor":"t")" + more), state_);
    if (!last_.states.empty()) state_ = last_.states.back();
    Rows ids;
    for (const std::string& row : last_.rows) ids.push_back(row.substr(7, row.find('"', 7) - 7));
    return ids;
  }

  CsvFolder folder_;
  std::string state_;
  sdk::ReadResult last_;
};

TEST_F(CursorTest, GivesNewRowsOfARewrittenFile) {
  folder_.Write("a.csv", "id,t\na,5\nb,3\nc,9\n");
  EXPECT_EQ(Next(), (Rows{"a", "b", "c"}));
  EXPECT_EQ(Next(), Rows{});
  folder_.Write("a.csv", "id,t\nd,10\nc,9\ne,9\nb,4\nf,100\n");
  EXPECT_EQ(Next(), (Rows{"d", "e", "f"}));
  folder_.Write("a.csv", "id,t\nf,100\ng,100\nd,99\n");
  EXPECT_EQ(Next(), Rows{"g"});
  folder_.Write("a.csv", "id,t\nf,100\ng,100\nh,100\n");
  EXPECT_EQ(Next(), Rows{"h"});
}

TEST_F(CursorTest, ComparesTimesAsInstants) {
  const std::string types = R"({"t":"timestamptz"})";
  folder_.Write("a.csv", "id,t\na,2026-01-01T12:00:00Z\n");
  EXPECT_EQ(Next(types), Rows{"a"});
  folder_.Write("a.csv", "id,t\nb,2026-01-01T12:30:00+01:00\nc,2026-01-01T11:30:00-01:00\n");
  EXPECT_EQ(Next(types), Rows{"c"});
}

TEST_F(CursorTest, ComparesNumbersExactlyAndTextByBytes) {
  folder_.Write("a.csv", "id,t\na,9\n");
  EXPECT_EQ(Next(R"({"t":"number"})"), Rows{"a"});
  folder_.Write("a.csv", "id,t\nb,10\nc,9.0000000000000000001\nd,8.9\n");
  EXPECT_EQ(Next(R"({"t":"number"})"), (Rows{"b", "c"}));
  state_.clear();
  folder_.Write("a.csv", "id,t\na,9\n");
  EXPECT_EQ(Next("{}"), Rows{"a"});
  folder_.Write("a.csv", "id,t\nb,10\nc,91\n");
  EXPECT_EQ(Next("{}"), Rows{"c"});
}

TEST_F(CursorTest, SinceIsIncludedAndNullsPass) {
  folder_.Write("a.csv", "id,t\na,1\nb,2\nc,\nd,3\n");
  EXPECT_EQ(Next(R"({"t":"int64"})", R"(,"since":"2")"), (Rows{"b", "c", "d"}));
}

TEST_F(CursorTest, BadValuesAreRejectedAndDoNotMoveTheCursor) {
  folder_.Write("a.csv", "id,t\na,1\nb,x\nc,2\n");
  EXPECT_EQ(Next(), (Rows{"a", "c"}));
  ASSERT_EQ(last_.rejected.size(), 1U);
  EXPECT_EQ(last_.rejected[0].position, 2U);
}

TEST_F(CursorTest, RefusesWhatCannotWork) {
  folder_.Write("a.csv", "id,t\na,1\n");
  Next(R"({"t":"bool"})");
  EXPECT_EQ(last_.status, CONNHOST_CONFIG);
  Next(R"({"t":"int64"})", R"(,"since":"x")");
  EXPECT_EQ(last_.status, CONNHOST_CONFIG);
  Next();
  EXPECT_EQ(last_.status, CONNHOST_OK);
  Next(R"({"t":"date"})");
  EXPECT_EQ(last_.status, CONNHOST_STALE_CURSOR);
  sdk::PluginTest source(connhost_plugin_v1, folder_.Config("a.csv"));
  const sdk::ReadResult missing = source.Read(IncrementalRead("a", R"(,"cursor":"u")"));
  EXPECT_EQ(missing.status, CONNHOST_CONFIG);
  EXPECT_NE(missing.sentence.find("which has 'id' and 't'"), std::string::npos) << missing.sentence;
}

TEST_F(CursorTest, TooManyEqualRowsAreRefusedOnlyWhenTheyMatter) {
  std::string text = "id,t\n";
  for (int i = 0; i < 10001; ++i) text += std::to_string(i) + ",5\n";
  folder_.Write("a.csv", text);
  EXPECT_EQ(Next().size(), 10001U);
  EXPECT_LT(state_.size(), 1000U);
  folder_.Write("a.csv", "id,t\nx,4\ny,6\n");
  EXPECT_EQ(Next(), Rows{"y"});
  state_.clear();
  folder_.Write("a.csv", text);
  EXPECT_EQ(Next().size(), 10001U);
  folder_.Write("a.csv", text + "z,5\n");
  Next();
  EXPECT_EQ(last_.status, CONNHOST_CONFIG);
  EXPECT_NE(last_.sentence.find("too many to tell"), std::string::npos) << last_.sentence;
}

}  // namespace
}  // namespace connhost::csv
