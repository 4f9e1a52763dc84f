// What the next read of changed files gives.
#include <gtest/gtest.h>

#include "plugins/csv/read_state.h"
#include "tests/plugins/csv/csv_folder.h"

namespace connhost::csv {
namespace {

using Rows = std::vector<std::string>;

class IncrementalTest : public testing::Test {
 protected:
  // The ids that the next read gives.
  Rows Next() {
    sdk::PluginTest source(connhost_plugin_v1, folder_.Config("", R"(,"stream":"s")"));
    last_ = source.Read(IncrementalRead("s"), state_);
    EXPECT_EQ(last_.status, CONNHOST_OK) << last_.sentence;
    if (!last_.states.empty()) state_ = last_.states.back();
    Rows ids;
    for (const std::string& row : last_.rows) ids.push_back(row.substr(7, row.find('"', 7) - 7));
    return ids;
  }

  CsvFolder folder_;
  std::string state_;
  sdk::ReadResult last_;
};

TEST_F(IncrementalTest, UnchangedFilesAreNotReadAgain) {
  folder_.Write("a.csv", "id,v\n1,x\n2,y\n");
  EXPECT_EQ(Next(), (Rows{"1", "2"}));
  EXPECT_EQ(Next(), Rows{});
  EXPECT_EQ(last_.columns.size(), 2U);
  folder_.Write("a.csv", "id,v\n1,x\n2,y\n");  // touched, same content
  EXPECT_EQ(Next(), Rows{});
}

TEST_F(IncrementalTest, NewFilesAreReadInTheOrderOfTheirNames) {
  folder_.Write("b.csv", "id,v\n1,x\n");
  EXPECT_EQ(Next(), Rows{"1"});
  folder_.Write("c.csv", "id,v\n4,x\n");
  folder_.Write("a.csv", "id,v\n2,x\n3,x\n");
  EXPECT_EQ(Next(), (Rows{"2", "3", "4"}));
  EXPECT_EQ(Next(), Rows{});
}

TEST_F(IncrementalTest, GrownFilesAreContinued) {
  folder_.Write("a.csv", "id,v\n1,\"x\ny\"\n");
  EXPECT_EQ(Next(), Rows{"1"});
  folder_.Append("a.csv", "2,y\n3,z");
  EXPECT_EQ(Next(), (Rows{"2", "3"}));
  EXPECT_EQ(last_.positions, (Rows{"a.csv:2", "a.csv:3"}));
  folder_.Append("a.csv", "\r\n4,z\nbad\n");
  EXPECT_EQ(Next(), Rows{"4"});
  ASSERT_EQ(last_.rejected.size(), 1U);
  EXPECT_EQ(last_.rejected[0].reason, "expected 2 fields, found 1 in row 5 (line 7) of a.csv");
  EXPECT_EQ(Next(), Rows{});
}

TEST_F(IncrementalTest, ALineEndThatFollowsLaterIsNoBlankLine) {
  folder_.Write("a.csv", "id\n1");
  EXPECT_EQ(Next(), Rows{"1"});
  folder_.Append("a.csv", "\r\n2\n");
  EXPECT_EQ(Next(), Rows{"2"});
  EXPECT_EQ(last_.positions, Rows{"a.csv:2"});
}

TEST_F(IncrementalTest, GrownGzipFilesAreContinued) {
  folder_.Write("a.csv.gz", Gzip("id,v\n1,x\n"));
  EXPECT_EQ(Next(), Rows{"1"});
  folder_.Append("a.csv.gz", Gzip("2,y\n"));
  EXPECT_EQ(Next(), Rows{"2"});
}

TEST_F(IncrementalTest, HeaderAloneGrows) {
  for (const char* more : {"", "id", ",v", "\n", "1,x\n"}) {
    folder_.Append("a.csv", more);
    if (folder_.Read("a.csv").empty()) folder_.Write("b.csv", "id,v\n");
    EXPECT_EQ(Next(), more == std::string_view("1,x\n") ? Rows{"1"} : Rows{});
  }
}

TEST_F(IncrementalTest, AContinuedLastLineIsRejected) {
  folder_.Write("a.csv", "id,v\n1,x");
  EXPECT_EQ(Next(), Rows{"1"});
  folder_.Append("a.csv", "yz\n2,y\n");
  EXPECT_EQ(Next(), Rows{"2"});
  ASSERT_EQ(last_.rejected.size(), 1U);
  EXPECT_EQ(last_.rejected[0].code, "continued_row");
  EXPECT_EQ(last_.rejected[0].raw, "yz");
  EXPECT_EQ(last_.positions, Rows{"a.csv:2"});
}

TEST_F(IncrementalTest, ReplacedAndShrunkFilesAreReadAnew) {
  folder_.Write("a.csv", "id,v\n1,x\n2,y\n");
  EXPECT_EQ(Next(), (Rows{"1", "2"}));
  folder_.Write("a.csv", "id,v\n7,x\n8,y\n9,z\n");
  EXPECT_EQ(Next(), (Rows{"7", "8", "9"}));
  folder_.Write("a.csv", "id,v\n7,x\n");
  EXPECT_EQ(Next(), Rows{"7"});
}

TEST_F(IncrementalTest, FilesThatAreGoneLeaveTheState) {
  folder_.Write("a.csv", "id,v\n1,x\n");
  folder_.Write("b.csv", "id,v\n2,x\n");
  EXPECT_EQ(Next(), (Rows{"1", "2"}));
  std::filesystem::remove(folder_.path("a.csv"));
  EXPECT_EQ(Next(), Rows{});
  EXPECT_EQ(state_.find("a.csv"), std::string::npos);
}

TEST_F(IncrementalTest, ColumnsOfAllFilesAreJoined) {
  folder_.Write("a.csv", "id,v\n1,x\n");
  folder_.Write("b.csv", "id,w\n2,y\n");
  EXPECT_EQ(Next(), (Rows{"1", "2"}));
  EXPECT_EQ(last_.rows, (Rows{R"({"id":"1","v":"x","w":null})", R"({"id":"2","v":null,"w":"y"})"}));
}

TEST(TruncationTest, UnderTheReadIsTransient) {
  const CsvFolder folder;
  folder.Write("t.csv", "id\n1\n2\n3\n");
  DiskFile file(folder.path("t.csv"), "t.csv");
  folder.Write("t.csv", "id\n");
  char bytes[64];
  try {
    file.ReadNext(bytes, sizeof bytes);
    FAIL();
  } catch (const sdk::Failure& failure) {
    EXPECT_EQ(failure.status(), CONNHOST_TRANSIENT);
    EXPECT_NE(std::string(failure.what())
                  .find("was 9 bytes long when its reading began, but ends at "
                        "byte 3 now"),
              std::string::npos)
        << failure.what();
  }
}

TEST(StateLimitTest, IsASentence) {
  ReadState state;
  for (size_t i = 0; i <= ReadState::kMostFiles; ++i) {
    state.Finish({"f" + std::to_string(i), {}, 0, 0, 0, 1});
  }
  EXPECT_THROW(state.Write(), sdk::ConfigFailure);
}

}  // namespace
}  // namespace connhost::csv
