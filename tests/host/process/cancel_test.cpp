// Cancelling: while reading, while sending, and guests that do not listen.
#include <sys/eventfd.h>
#include <unistd.h>

#include <thread>

#include "tests/host/process/guest_fixture.h"

namespace connhost {
namespace {

constexpr std::chrono::seconds kGrace{10};

class Cancel : public GuestTest {
 protected:
  void SetUp() override {
    GuestTest::SetUp();
    event_ = UniqueFd(::eventfd(0, EFD_CLOEXEC));
  }
  void TearDown() override {
    event_.Reset();
    GuestTest::TearDown();
  }
  void Trigger() {
    const uint64_t one = 1;
    ASSERT_EQ(::write(event_.get(), &one, sizeof one), 8);
  }
  Outcome Drain(WorkerSession& session) {
    return OutcomeOf([&] { session.AwaitResult(); });
  }

  UniqueFd event_;
};

TEST_F(Cancel, StopsAReadThatEmits) {
  WorkerSession session(Spec("endless_source"), event_.get(), Sink());
  StartReading(session, {{"cancel", "obey"}});
  for (int i = 0; i < 100; ++i) session.Receive();
  Trigger();
  EXPECT_EQ(Drain(session).kind, "cancelled");
  const GuestExit exit = session.Close(kGrace);
  EXPECT_TRUE(exit.clean) << "it was to end by itself: " << exit.sentence;
}

TEST_F(Cancel, StopsAReadThatWaits) {
  WorkerSession session(Spec("patient_source"), event_.get(), Sink());
  StartReading(session, {});
  Trigger();
  EXPECT_EQ(Drain(session).kind, "cancelled");
  const GuestExit exit = session.Close(kGrace);
  EXPECT_TRUE(exit.clean) << exit.sentence;
}

TEST_F(Cancel, TheGuestAnswersCancelled) {
  WorkerSession session(Spec("patient_source"), -1, Sink());
  StartReading(session, {});
  session.Send(FrameType::kCancel, 0, {});
  EXPECT_EQ(Drain(session).kind, "cancelled");
  session.Call(FrameType::kAuthenticate, 0, {});
}

TEST_F(Cancel, OkAfterCancelledMeansCancelled) {
  WorkerSession session(Spec("endless_source"), -1, Sink());
  StartReading(session, {{"cancel", "deny"}});
  session.Receive();
  session.Send(FrameType::kCancel, 0, {});
  size_t frames = 0;
  const Outcome outcome = OutcomeOf([&] { session.AwaitResult([&](const Frame&) { ++frames; }); });
  EXPECT_EQ(outcome.kind, "cancelled") << outcome.sentence;
  EXPECT_LT(frames, 1000U) << "after CANCELLED nothing more is taken";
}

TEST_F(Cancel, WhoDoesNotListenIsKilled) {
  WorkerSession session(Spec("endless_source"), event_.get(), Sink());
  StartReading(session, {{"cancel", "ignore"}});
  session.Receive();
  Trigger();
  EXPECT_EQ(Drain(session).kind, "cancelled");
  const GuestExit exit = session.Close(std::chrono::milliseconds(100));
  EXPECT_FALSE(exit.clean);
  EXPECT_TRUE(Contains(exit.sentence, "did not end within 100 ms")) << exit.sentence;
}

TEST_F(Cancel, WhileSendingToABusyGuest) {
  WorkerSession session(Spec("writes_badly", WorkerRole::kDestination), event_.get(), Sink());
  const std::string batch = OpenDestination(session, {{"where", "spin"}});
  const std::string larger_than_the_socket(size_t{8} << 20, '\0');
  session.Send(FrameType::kBatch, 1, batch);
  session.WatchCancel(-1);
  Trigger();
  session.Send(FrameType::kBatch, 1, batch);
  session.WatchCancel(event_.get());
  const auto send = [&] { session.Send(FrameType::kBatch, 1, larger_than_the_socket); };
  EXPECT_EQ(OutcomeOf(send).kind, "cancelled");
  const GuestExit exit = session.Close(std::chrono::milliseconds(100));
  EXPECT_TRUE(Contains(exit.sentence, "did not end within 100 ms")) << exit.sentence;
}

TEST_F(Cancel, InTheMiddleOfAFrameToABusyGuest) {
  WorkerSession session(Spec("writes_badly", WorkerRole::kDestination), event_.get(), Sink());
  const std::string batch = OpenDestination(session, {{"where", "spin"}});
  const std::string larger_than_the_socket(size_t{8} << 20, '\0');
  session.Send(FrameType::kBatch, 1, batch);
  std::jthread canceller([&] { Trigger(); });
  const auto send = [&] {
    while (true) session.Send(FrameType::kBatch, 1, larger_than_the_socket);
  };
  EXPECT_EQ(OutcomeOf(send).kind, "cancelled");
  EXPECT_EQ(OutcomeOf(send).kind, "cancelled") << "a torn frame cannot be followed by another";
  const GuestExit exit = session.Close(std::chrono::milliseconds(100));
  EXPECT_TRUE(Contains(exit.sentence, "did not end within 100 ms")) << exit.sentence;
}

TEST_F(Cancel, OfARunBeforeItsGuestIsReady) {
  Trigger();
  EXPECT_EQ(
      OutcomeOf([&] { WorkerSession session(Spec("good_source"), event_.get(), Sink()); }).kind,
      "cancelled");
}

}  // namespace
}  // namespace connhost
