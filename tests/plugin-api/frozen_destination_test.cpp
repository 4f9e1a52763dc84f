// A destination that was built against the header of release 1.0 alone, behind the worker of today:
// it reads right what the host hands it, and the host what it answers.
#include <algorithm>

#include "tests/plugin-api/frozen_fixture.h"

namespace connhost {
namespace {

// The frames of the source, stamped, as a run hands them to a destination.
class FrozenDestination : public FrozenPlugin {
 protected:
  void SetUp() override {
    FrozenPlugin::SetUp();
    WorkerSession source(Source(), -1, Sink());
    source.Call(FrameType::kCreate, 0, R"({"rows":6})");
    numbers_ = ReadNumbers(source);
    for (std::string& batch : numbers_.batches) StampBatch(batch.data(), 77);
  }

  WorkerSpec Destination() const { return Fixture("frozen-destination", WorkerRole::kDestination); }
  std::string Config() const {
    return R"({"path":")" + folder_.path().string() + R"(","reject":2})";
  }

  // Creates and recovers; what the destination says was committed last, "" for nothing.
  std::string Start(WorkerSession& session) const {
    std::string committed;
    session.Call(FrameType::kCreate, 0, Config());
    session.Call(FrameType::kAuthenticate, 0, {});
    session.Call(FrameType::kRecover, 0, R"({"stream":"numbers","mode":"append"})", 0,
                 [&](const Frame& frame) {
                   committed = std::to_string(frame.argument) + " " + std::string(frame.payload);
                 });
    session.Call(FrameType::kSchema, numbers_.schema.columns.size(), numbers_.schema_payload);
    return committed;
  }

  // Commits and tells "RECORDS BYTES".
  static std::string Commit(WorkerSession& session, uint64_t sequence, const std::string& state,
                            uint16_t flags) {
    std::string receipt;
    session.Call(FrameType::kCommit, sequence, state, flags, [&](const Frame& frame) {
      if (frame.type != FrameType::kReceipt) return;
      receipt = std::to_string(frame.argument) + " " + std::to_string(DecodeU64(frame.payload));
    });
    return receipt;
  }

  Received numbers_;
};

// ? marks a column that may be null, + one with metadata.
constexpr char kColumns[] =
    "columns id:l even:b? half:g? name:u? bytes:z? day:tdD? local:tsu:? instant:tsu:UTC? "
    "price:d:10,2? document:u?+ exact:u?+";
const Strings kFirstCommit = {kColumns,
                              "batch 7 77 numbers.txt 1",
                              "row 1 0 0.5 n\u00B01 ff80 1 1000000 1000001 -1/-1 {\"id\":1} 1.0500",
                              "row 3 0 1.5 null ff80 3 3000000 3000001 -1/-3 {\"id\":3} 3.0500",
                              "row 4 1 2 n\u00B04 ff80 4 4000000 4000001 -1/-4 {\"id\":4} 4.0500",
                              "commit 7 last=0 {\"at\":5}"};

TEST_F(FrozenDestination, WritesRejectsAndCommits) {
  WorkerSession session(Destination(), -1, Sink());
  EXPECT_EQ(Start(session), "");
  EXPECT_TRUE(Said("recovering", "log", 3));
  session.Send(FrameType::kBatch, 7, numbers_.batches[0]);
  Strings rejected;
  session.Call(FrameType::kFlush, 0, {}, 0, [&](const Frame& frame) {
    const RejectPayload reject = DecodeReject(frame.payload);
    rejected = {std::to_string(frame.argument), std::string(reject.code),
                std::string(reject.reason)};
  });
  EXPECT_EQ(rejected, (Strings{"1", "unwanted", "the id is unwanted"}));
  EXPECT_EQ(Commit(session, 7, R"({"at":5})", 0), "3 300");
  EXPECT_EQ(Landed(), kFirstCommit);
  EXPECT_EQ(Commit(session, 8, R"({"at":6})", kFlagLast), "0 0");
  EXPECT_EQ(Landed().back(), R"(commit 8 last=1 {"at":6})");
  EXPECT_TRUE(session.Close(std::chrono::seconds(10)).clean);
  EXPECT_TRUE(Said("destination destroyed", "stderr", 2));
}

TEST_F(FrozenDestination, RecoversItsLastCommitInANewProcess) {
  {
    WorkerSession session(Destination(), -1, Sink());
    Start(session);
    session.Send(FrameType::kBatch, 7, numbers_.batches[0]);
    Commit(session, 7, R"({"at":5})", 0);
    session.Send(FrameType::kBatch, 8, numbers_.batches[1]);
    session.Call(FrameType::kFlush, 0, {});
  }
  WorkerSession session(Destination(), -1, Sink());
  EXPECT_EQ(Start(session), R"(7 {"at":5})");
  session.Send(FrameType::kBatch, 8, numbers_.batches[1]);
  EXPECT_EQ(Commit(session, 8, R"({"at":7})", kFlagLast), "2 200");
  const Strings lines = Landed();
  ASSERT_GT(lines.size(), kFirstCommit.size());
  EXPECT_TRUE(std::equal(kFirstCommit.begin(), kFirstCommit.end(), lines.begin()));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "batch 8 77 numbers.txt 5"), 1);
}

TEST_F(FrozenDestination, SaysWhyItFails) {
  WorkerSession session(Destination(), -1, Sink());
  session.Call(FrameType::kCreate, 0, "{}");
  const Outcome outcome = OutcomeOf([&] { session.Call(FrameType::kAuthenticate, 0, {}); });
  EXPECT_EQ(outcome.kind, "config");
  EXPECT_EQ(outcome.sentence,
            "connector frozen-destination: expected a 'path' in the configuration");
}

}  // namespace
}  // namespace connhost
