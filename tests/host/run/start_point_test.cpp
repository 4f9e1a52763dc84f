#include "host/run/start_point.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace connhost {
namespace {

StreamTask Task(bool incremental) {
  StreamTask task;
  task.name = "orders";
  task.sync = incremental ? "incremental" : "full";
  task.mode = incremental ? "append" : "overwrite";
  return task;
}

StreamState Known(uint64_t sequence, const std::string& state, bool complete = false) {
  StreamState known;
  known.run_id = "run-1";
  known.sequence = sequence;
  known.state = state;
  known.complete = complete;
  return known;
}

constexpr char kA[] = R"({"at":1})";
constexpr char kB[] = R"({"at":2})";

TEST(StartPoint, AFreshStreamStartsAtTheBeginning) {
  const StartPoint start = ChooseStart(Task(true), false, {}, {}, true);
  EXPECT_EQ(start.sequence, 0U);
  EXPECT_EQ(start.state, "");
  EXPECT_TRUE(start.restart);
  EXPECT_FALSE(start.adopt);
}

TEST(StartPoint, GoesOnWhereBothSidesAgree) {
  const StartPoint start =
      ChooseStart(Task(true), false, Known(4, kA), DestinationCommit{4, kA, false}, true);
  EXPECT_EQ(start.sequence, 4U);
  EXPECT_EQ(start.state, kA);
  EXPECT_FALSE(start.adopt);
}

TEST(StartPoint, ADestinationOneCommitAheadIsBelieved) {
  const StartPoint start =
      ChooseStart(Task(true), false, Known(4, kA), DestinationCommit{5, kB, false}, true);
  EXPECT_TRUE(start.adopt);
  EXPECT_EQ(start.sequence, 5U);
  EXPECT_EQ(start.state, kB);
}

TEST(StartPoint, ADestinationAheadDoesNotUndoWhatAPersonSet) {
  StreamState cleared = Known(4, "");
  cleared.run_id.clear();
  const StartPoint start =
      ChooseStart(Task(true), false, cleared, DestinationCommit{5, kB, false}, true);
  EXPECT_FALSE(start.adopt);
  EXPECT_EQ(start.state, "");
  EXPECT_EQ(start.sequence, 5U);
}

TEST(StartPoint, ADestinationThatLostCommitsIsRefused) {
  for (const auto& committed :
       {std::optional<DestinationCommit>{}, std::optional<DestinationCommit>{{3, kA, false}}}) {
    try {
      ChooseStart(Task(true), false, Known(4, kA), committed, true);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
      EXPECT_NE(std::string(error.what()).find("--full"), std::string::npos);
    }
  }
}

TEST(StartPoint, AnOverwriteIntoALostDestinationStartsAnew) {
  const StartPoint start =
      ChooseStart(Task(false), false, Known(7, kA), DestinationCommit{5, kB, true}, true);
  EXPECT_EQ(start.state, "");
  EXPECT_TRUE(start.restart);
  EXPECT_EQ(start.sequence, 7U);
}

TEST(StartPoint, AFullReadIntoALostDestinationIsTheWayOut) {
  const StartPoint start = ChooseStart(Task(true), true, Known(4, kA), {}, true);
  EXPECT_EQ(start.state, "");
  EXPECT_EQ(start.sequence, 4U);
}

TEST(StartPoint, ADestinationThatKeepsNoCommitsIsNotAsked) {
  const StartPoint start = ChooseStart(Task(true), false, Known(4, kA), {}, false);
  EXPECT_EQ(start.state, kA);
}

TEST(StartPoint, AnInterruptedFullReadIsContinued) {
  const StartPoint start =
      ChooseStart(Task(false), false, Known(4, kA), DestinationCommit{4, kA, false}, true);
  EXPECT_EQ(start.state, kA);
  EXPECT_FALSE(start.restart);
}

TEST(StartPoint, ACompleteFullReadStartsAnew) {
  const StartPoint start =
      ChooseStart(Task(false), false, Known(4, kA, true), DestinationCommit{4, kA, true}, true);
  EXPECT_EQ(start.state, "");
  EXPECT_TRUE(start.restart);
  const StartPoint ahead =
      ChooseStart(Task(false), false, Known(3, kA), DestinationCommit{4, kB, true}, true);
  EXPECT_TRUE(ahead.adopt);
  EXPECT_TRUE(ahead.restart);
}

TEST(WrappedState, RoundTrips) {
  const DestinationCommit commit = UnwrapCommit("bronze@1.0.0", 7, WrapState(kA, true));
  EXPECT_EQ(commit.sequence, 7U);
  EXPECT_EQ(commit.state, kA);
  EXPECT_TRUE(commit.complete);
  EXPECT_EQ(UnwrapCommit("bronze@1.0.0", 1, WrapState("", false)).state, "");
  EXPECT_THROW(UnwrapCommit("bronze@1.0.0", 1, "{}"), Error);
}

}  // namespace
}  // namespace connhost
