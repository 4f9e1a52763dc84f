// Guests that die, hang or run into a limit: each end is told with its cause, and this process
// goes on unharmed.
#include "tests/host/process/guest_fixture.h"

namespace connhost {
namespace {

class DyingGuest : public GuestTest {};

struct Death {
  const char* plugin;
  Options options;
  std::vector<std::string> said;  // parts of the sentence
};

TEST_F(DyingGuest, IsToldWithItsCause) {
  const Death deaths[] = {
      {"segfault", {{"where", "create"}}, {"signal 11 (SIGSEGV)", "while it ran create"}},
      {"segfault", {{"where", "read"}}, {"signal 11 (SIGSEGV)", "while it ran read"}},
      {"crashing_constructor", {}, {"signal 11 (SIGSEGV)", "while it was loaded"}},
      {"aborts",
       {},
       {"signal 6 (SIGABRT)", "while it ran read", "last lines: ", "the moon is full"}},
      {"exits", {{"how", "exit"}, {"code", "0"}}, {"exit code 0", "does not exit"}},
      {"exits", {{"how", "_exit"}, {"code", "3"}}, {"exit code 3", "while it ran read"}},
      {"torn_frame", {}, {"exit code 0", "torn frame"}},
      {"closes_socket", {}, {"closed its connection to the host", "was killed"}},
      {"garbage_frames", {}, {"left the protocol", "protocol fault"}},
      {"forged_frame", {{"type", "27"}}, {"protocol fault", "RECOVERED frame came during read"}},
      {"forged_frame", {{"type", "5"}}, {"protocol fault", "READ frame"}},
      {"forged_frame", {{"type", "29"}}, {"protocol fault", "CONSOLE"}},
      {"forged_frame", {{"type", "8"}, {"length", "4294967295"}}, {"protocol fault", "BATCH"}},
      {"false_batch", {{"what", "far"}}, {"connector false_batch"}},
  };
  for (const Death& death : deaths) {
    const Outcome outcome = Read(death.plugin, death.options);
    EXPECT_EQ(outcome.kind, "fault") << death.plugin << ": " << outcome.sentence;
    EXPECT_TRUE(Contains(outcome.sentence, std::string("connector ") + death.plugin));
    for (const std::string& part : death.said) {
      EXPECT_TRUE(Contains(outcome.sentence, part)) << part << " in: " << outcome.sentence;
    }
  }
}

TEST_F(DyingGuest, SpinsUntilTheIdleTimeout) {
  WorkerSpec spec = Spec("spins");
  spec.limits.idle_timeout_seconds = 1;
  const Outcome outcome = Read(spec);
  EXPECT_EQ(outcome.kind, "fault");
  EXPECT_TRUE(Contains(outcome.sentence, "no sign of life for 1 s while it ran read"))
      << outcome.sentence;
}

TEST_F(DyingGuest, StdoutIsNoSignOfLife) {
  WorkerSpec spec = Spec("sleeps");
  spec.limits.idle_timeout_seconds = 1;
  const Outcome outcome = Read(spec);
  EXPECT_EQ(outcome.kind, "fault");
  EXPECT_TRUE(Contains(outcome.sentence, "no sign of life for 1 s")) << outcome.sentence;
  EXPECT_TRUE(Contains(outcome.sentence, "last lines: still here")) << outcome.sentence;
}

TEST_F(DyingGuest, AskingCancelledIsASignOfLife) {
  WorkerSpec spec = Spec("patient_source");
  spec.limits.idle_timeout_seconds = 1;
  WorkerSession session(spec, -1, Sink());
  StartReading(session, {});
  WorkerSpec shorter = Spec("spins");
  shorter.limits.idle_timeout_seconds = 2;
  WorkerSession clock(shorter, -1, Sink());
  StartReading(clock, {});
  EXPECT_EQ(OutcomeOf([&] { clock.Receive(); }).kind, "fault") << "two seconds have passed";
  EXPECT_FALSE(session.Poll().has_value());
  EXPECT_TRUE(session.Close(std::chrono::seconds(10)).clean);
}

TEST_F(DyingGuest, ReachesItsCpuLimit) {
  WorkerSpec spec = Spec("spins");
  spec.limits.cpu_seconds = 1;
  const Outcome outcome = Read(spec);
  EXPECT_EQ(outcome.kind, "fault");
  EXPECT_TRUE(Contains(outcome.sentence, "reached its CPU limit of 1 s while it ran read"))
      << outcome.sentence;
}

TEST_F(DyingGuest, ReachesItsMemoryLimit) {
  if (kSanitized) GTEST_SKIP() << "sanitizers reserve more address space than any limit allows";
  WorkerSpec spec = Spec("leaks");
  spec.limits.memory_bytes = uint64_t{256} << 20;
  const Outcome thrown = Read(spec);
  EXPECT_EQ(thrown.kind, "internal");
  EXPECT_TRUE(Contains(thrown.sentence, "memory limit of 256")) << thrown.sentence;
  const Outcome terminated = Read(spec, {{"where", "thread"}});
  EXPECT_EQ(terminated.kind, "fault");
  EXPECT_TRUE(Contains(terminated.sentence, "memory limit of 256")) << terminated.sentence;
}

TEST_F(DyingGuest, StaysDead) {
  WorkerSession session(Spec("aborts"), -1, Sink());
  StartReading(session, {});
  const Outcome first = OutcomeOf([&] { session.Receive(); });
  EXPECT_EQ(first.kind, "fault");
  EXPECT_EQ(OutcomeOf([&] { session.Receive(); }).sentence, first.sentence);
  EXPECT_EQ(OutcomeOf([&] { session.Call(FrameType::kAuthenticate, 0, {}); }).sentence,
            first.sentence);
  EXPECT_EQ(session.Close(std::chrono::seconds(1)).sentence, first.sentence);
}

TEST_F(DyingGuest, WhatItSaidBeforeItsEndIsHeardFirst) {
  WorkerSession session(Spec("torn_frame"), -1, Sink());
  StartReading(session, {});
  EXPECT_EQ(session.Receive().type, FrameType::kSchema);
  const Outcome outcome = OutcomeOf([&] { session.Receive(); });
  EXPECT_TRUE(Contains(outcome.sentence, "torn frame")) << outcome.sentence;
}

}  // namespace
}  // namespace connhost
