// A commit made again with the sequence of the last one takes its place.
#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

class RepeatTest : public BronzeTest {
 protected:
  void SetUp() override {
    landing = std::make_unique<Landing>(Config(), Target());
    landing->WriteIds(1, 3, 1);
    landing->Commit(1);
    landing->WriteIds(4, 9, 2);
    landing->Commit(2);
  }
  std::unique_ptr<Landing> landing;
};

TEST_F(RepeatTest, OtherRecordsReplaceTheSegment) {
  for (int64_t last : {5, 6, 4}) {
    landing->WriteIds(4, last, 2);
    landing->Commit(2, "{}", true);
    EXPECT_EQ(Ids(Stream()), IdsFrom(1, last));
    ExpectWhole(Stream());
  }
}

TEST_F(RepeatTest, NoRecordsRemoveTheSegment) {
  landing->Commit(2, "{}", true);
  EXPECT_EQ(Ids(Stream()), IdsFrom(1, 3));
  ExpectWhole(Stream());
}

TEST_F(RepeatTest, AnUnfinishedRepeatLeavesTheCommitAsItWas) {
  landing->WriteIds(100, 200, 2);
  landing.reset();
  Landing next(Config(), Target());
  EXPECT_EQ(next.recovered().sequence, 2U);
  EXPECT_EQ(Ids(Stream()), IdsFrom(1, 9));
  next.Commit(3, "{}", true);
  ExpectWhole(Stream());
}

TEST_F(RepeatTest, AnotherCompressionReplacesTheFileOfTheOtherName) {
  landing.reset();
  Landing next(Config("zstd"), Target());
  next.WriteIds(4, 5, 2);
  next.Commit(2, "{}", true);
  EXPECT_EQ(Segments(Stream()).count("000000000002.ndjson"), 0U);
  EXPECT_EQ(Segments(Stream()).count("000000000002.ndjson.zst"), 1U);
  ExpectWhole(Stream());
}

TEST_F(RepeatTest, AnotherRunMayNotReplaceIt) {
  landing.reset();
  Landing next(Config(), Target("run-2"));
  EXPECT_THROW(next.WriteIds(4, 5, 2), sdk::UnsupportedFailure);
  next.Recover(Target("run-2"));
  EXPECT_THROW(next.Commit(1), sdk::UnsupportedFailure);
}

}  // namespace
}  // namespace connhost::bronze
