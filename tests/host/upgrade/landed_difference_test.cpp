#include "host/upgrade/landed_difference.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace connhost {
namespace {

std::string Line(const std::string& data, const std::string& run = "a") {
  return R"({"tenant":"t","run_id":")" + run + R"(","key":["x\",\"data\":y"],"data":)" + data +
         "}\n";
}

class LandedDifferenceTest : public ::testing::Test {
 protected:
  void Put(const std::string& file, const std::string& content) {
    MakeDirectories((folder_.path() / file).parent_path());
    WriteFileAtomic(folder_.path() / file, content);
  }
  LandedDifference Compare() {
    return CompareLanded("s", folder_.path() / "old", folder_.path() / "new");
  }
  TemporaryDirectory folder_;
};

TEST_F(LandedDifferenceTest, OrderSegmentsAndRunsDoNotMatter) {
  Put("old/1.ndjson", Line(R"({"id":1})") + Line(R"({"id":2})"));
  Put("new/1.ndjson", Line(R"({"id":2})", "b"));
  Put("new/2.ndjson", Line(R"({"id":1})", "c"));
  EXPECT_TRUE(Compare().none());
  EXPECT_EQ(Compare().same, 2U);
}

TEST_F(LandedDifferenceTest, WhatCannotBeSeenDoesNotCount) {
  Put("old/1.ndjson", Line("1"));
  Put("new/1.ndjson", Line("1"));
  Put("new/.2.ndjson.open", Line("2"));
  Put("new/manifest-a.json", "{}");
  EXPECT_TRUE(Compare().none());
}

TEST_F(LandedDifferenceTest, EachRecordCountsAsOftenAsItStandsThere) {
  Put("old/1.ndjson", Line("1") + Line("1") + Line("2"));
  Put("new/1.ndjson", Line("1") + Line("2") + Line("2") + Line("3"));
  const LandedDifference difference = Compare();
  EXPECT_EQ(difference.same, 2U);
  EXPECT_EQ(difference.only_before, 1U);
  EXPECT_EQ(difference.only_after, 2U);
  std::vector<std::string> examples = difference.examples;
  std::sort(examples.begin(), examples.end());
  EXPECT_EQ(examples, (std::vector<std::string>{"+ 2", "+ 3", "- 1"}));
}

TEST_F(LandedDifferenceTest, ASideThatIsNotThereIsEmpty) {
  Put("new/1.ndjson", Line("1"));
  EXPECT_EQ(Compare().only_after, 1U);
  EXPECT_TRUE(CompareLanded("s", folder_.path() / "x", folder_.path() / "y").none());
}

}  // namespace
}  // namespace connhost
