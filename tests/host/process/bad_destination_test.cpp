// Destinations that fail in the middle of the data.
#include "tests/host/process/guest_fixture.h"

namespace connhost {
namespace {

class BadDestination : public GuestTest {
 protected:
  Outcome WriteWith(const std::string& plugin, const Options& options, int batches = 1) {
    return OutcomeOf([&] {
      WorkerSession session(Spec(plugin, WorkerRole::kDestination), -1, Sink());
      const std::string batch = OpenDestination(session, options);
      for (int i = 0; i < batches; ++i) session.Send(FrameType::kBatch, 1, batch);
      session.Call(FrameType::kCommit, 1, "{}");
    });
  }
};

TEST_F(BadDestination, FailureOfABatchIsHeardAtTheLatestWithTheCommit) {
  const Outcome outcome = WriteWith("good_destination", {{"fail", "write"}});
  EXPECT_EQ(outcome.kind, "transient");
  EXPECT_EQ(outcome.sentence, "connector good_destination: the disk is full");
}

TEST_F(BadDestination, FailureOfABatchEndsALongSend) {
  const Outcome outcome = WriteWith("good_destination", {{"fail", "write"}}, 1'000'000);
  EXPECT_EQ(outcome.sentence, "connector good_destination: the disk is full");
}

TEST_F(BadDestination, CrashInTheMiddleOfABatch) {
  const Outcome outcome = WriteWith("writes_badly", {{"where", "crash"}}, 1'000'000);
  EXPECT_EQ(outcome.kind, "fault");
  EXPECT_TRUE(Contains(outcome.sentence, "SIGBUS) while it ran write")) << outcome.sentence;
}

TEST_F(BadDestination, SilentFailure) {
  const Outcome outcome = WriteWith("writes_badly", {{"where", "silent"}});
  EXPECT_EQ(outcome.kind, "throttled");
  EXPECT_TRUE(Contains(outcome.sentence, "without saying why (status THROTTLED)"));
}

TEST_F(BadDestination, RejectsARowThatIsNotThere) {
  const Outcome outcome = WriteWith("writes_badly", {{"where", "rows"}});
  EXPECT_EQ(outcome.kind, "internal");
  EXPECT_TRUE(Contains(outcome.sentence, "row 1 of a batch of 1 rows")) << outcome.sentence;
}

TEST_F(BadDestination, RecoversTwoCommits) {
  WorkerSession session(Spec("writes_badly", WorkerRole::kDestination), -1, Sink());
  session.Call(FrameType::kCreate, 0, ConfigOf({{"where", "twice"}}));
  const Outcome outcome = OutcomeOf([&] { session.Call(FrameType::kRecover, 0, "{}"); });
  EXPECT_EQ(outcome.kind, "internal");
  EXPECT_TRUE(Contains(outcome.sentence, "more than one last commit")) << outcome.sentence;
}

TEST_F(BadDestination, BatchBeforeSchema) {
  WorkerSession session(Spec("good_destination", WorkerRole::kDestination), -1, Sink());
  session.Call(FrameType::kCreate, 0, "{}");
  const Outcome outcome = OutcomeOf([&] {
    session.Send(FrameType::kBatch, 1, std::string(32, '\0'));
    session.AwaitResult();
  });
  EXPECT_TRUE(Contains(outcome.sentence, "BATCH came before SCHEMA")) << outcome.sentence;
}

}  // namespace
}  // namespace connhost
