// What a guest does wrong costs a retry, never a record.
#include <gtest/gtest.h>

#include <thread>

#include "tests/host/run/run_fixture.h"

namespace connhost {
namespace {

class Faults : public RunFixture {
 protected:
  // 5000 rows, a checkpoint every 500, and a fault at row 2600.
  RunOutcome RunWith(const std::string& fault, const std::string& more = "") {
    Connect("people", "faker",
            "{rows: 5000, checkpoint_every: 500, fail_at: 2600, fault: " + fault + more + "}",
            "[{name: people, sync: incremental, write: append}]");
    return Run("people");
  }
};

TEST_F(Faults, TransientFaultsAreRetriedFromTheLastCommit) {
  for (const char* fault : {"crash", "exit", "garbage", "transient"}) {
    registry_->ClearState("acme", "people", "");
    std::filesystem::remove_all(folder_.path() / "bronze");
    options_.full = true;
    const RunOutcome outcome = RunWith(fault);
    EXPECT_EQ(outcome.exit_code, 0) << fault << ": " << outcome.run.cause;
    ASSERT_EQ(outcome.streams.size(), 1U);
    EXPECT_GT(outcome.streams[0].attempts, 1U) << fault;
    ExpectBalance(outcome);
    ExpectOneToN(LandedInts("people", "people", "id"), 5000);
  }
}

TEST_F(Faults, APermanentCrashFailsWithItsCauseAndPausesTheConnection) {
  const RunOutcome outcome = RunWith("crash", ", fail_always: true");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.run.status, RunStatus::kFailed);
  EXPECT_NE(outcome.run.cause.find("faker"), std::string::npos);
  EXPECT_NE(outcome.run.cause.find("signal"), std::string::npos) << outcome.run.cause;
  ASSERT_EQ(registry_->ListAlerts(true).size(), 1U);
  EXPECT_EQ(registry_->ListAlerts(true)[0].kind, "crash_loop");
  // What was committed before the crash stays, and a healed source goes on from there.
  EXPECT_EQ(registry_->ListStates("acme", "people").size(), 1U);
  Connect("people", "faker", "{rows: 5000, checkpoint_every: 500}",
          "[{name: people, sync: incremental, write: append}]");
  try {
    Run("people");
    FAIL() << "a paused connection ran";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("connhost resume acme/people"), std::string::npos);
  }
  registry_->ResumeConnection("acme", "people");
  EXPECT_TRUE(registry_->ListAlerts(true).empty());
  EXPECT_EQ(Run("people").exit_code, 0);
  ExpectOneToN(LandedInts("people", "people", "id"), 5000);
}

TEST_F(Faults, AStreamThatIsGivenUpHasOneAlertUntilItSucceeds) {
  for (int night = 0; night < 2; ++night) RunWith("transient", ", fail_always: true");
  ASSERT_EQ(registry_->ListAlerts(true).size(), 1U);
  EXPECT_EQ(registry_->ListAlerts(true)[0].kind, "retries_exhausted");
  EXPECT_EQ(registry_->FindConnection("acme", "people")->pause_reason, "");
  EXPECT_EQ(RunWith("none").exit_code, 0);
  EXPECT_TRUE(registry_->ListAlerts(true).empty());
}

TEST_F(Faults, ACrashLeavesTheRunBesideItUnharmed) {
  Connect("beside", "faker", "{rows: 200000}", "[{name: people, sync: incremental}]");
  RunOutcome unharmed;
  std::thread beside([&] {
    const auto open = [path = home_.registry().string()] { return OpenSqliteRegistry(path); };
    const std::unique_ptr<Registry> registry = open();
    StopSignal stop;
    unharmed = RunEngine(*registry, open, *store_, home_, CONNHOST_WORKER)
                   .Run("acme", "beside", options_, &stop, nullptr);
  });
  const RunOutcome crashed = RunWith("crash", ", fail_always: true");
  beside.join();
  EXPECT_EQ(crashed.run.status, RunStatus::kFailed);
  EXPECT_EQ(unharmed.run.status, RunStatus::kSucceeded) << unharmed.run.cause;
  EXPECT_EQ(unharmed.streams[0].attempts, 1U);
  ExpectOneToN(LandedInts("beside", "people", "id"), 200000);
}

TEST_F(Faults, WhatAPersonMustMendIsNotRetried) {
  const RunOutcome auth = RunWith("auth");
  EXPECT_EQ(auth.exit_code, 4);
  EXPECT_EQ(auth.streams[0].attempts, 1U);
  const RunOutcome config = RunWith("config", ", fail_always: true");
  EXPECT_EQ(config.exit_code, 3);
  EXPECT_EQ(config.streams[0].attempts, 1U);
}

TEST_F(Faults, AStaleCursorIsFollowedByAFullRead) {
  EXPECT_EQ(RunWith("none").exit_code, 0);
  const RunOutcome outcome = RunWith("stale_cursor");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.run.cause;
  ASSERT_FALSE(outcome.streams.empty());
  EXPECT_EQ(outcome.streams[0].attempts, 2U);
  EXPECT_EQ(LandedInts("people", "people", "id").size(), 10000U);
}

TEST_F(Faults, ABadStateIsTheConnectorsFault) {
  const RunOutcome outcome = RunWith("bad_state");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.run.cause_kind, "internal") << outcome.run.cause;
}

TEST_F(Faults, ACorruptPackageIsRefusedAndOthersRun) {
  Connect("people", "faker", "{rows: 10}");
  Write("data/orders.csv", "id\n1\n");
  Connect("orders", "csv", "{path: data/orders.csv}");
  const auto faker = registry_->ActiveDefinition("faker");
  const auto library = store_->Open(faker->digest).root / "lib/faker.so";
  std::filesystem::permissions(library, std::filesystem::perms::owner_all);
  std::fstream file(library, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file.put('\x7F');
  file.close();
  const RunOutcome outcome = Run("people");
  EXPECT_EQ(outcome.exit_code, 6) << outcome.run.cause;
  EXPECT_EQ(Run("orders").exit_code, 0);
}

// Asks for an end as soon as the first records are on their way.
class StopAtFirstRecords : public RunObserver {
 public:
  explicit StopAtFirstRecords(StopSignal* stop) : stop_(*stop) {}
  void OnStart(const std::string&,
               const std::vector<std::unique_ptr<StreamProgress>>& streams) override {
    watcher_ = std::thread([this, &streams] {
      while (streams[0]->records == 0 && !streams[0]->ended) std::this_thread::yield();
      stop_.Request();
    });
  }
  void OnEnd() override { watcher_.join(); }

 private:
  StopSignal& stop_;
  std::thread watcher_;
};

TEST_F(Faults, ACancelledRunKeepsWhatItCommitted) {
  Connect("people", "faker", "{rows: 2000000, checkpoint_every: 1000}",
          "[{name: people, sync: incremental, write: append}]");
  options_.commit_millis = 60'000;  // only the stop itself commits
  options_.commit_bytes = uint64_t{1} << 40;
  StopSignal stop;
  StopAtFirstRecords observer(&stop);
  const RunOutcome outcome = Run("people", &stop, &observer);
  EXPECT_EQ(outcome.run.status, RunStatus::kCancelled) << outcome.run.cause;
  ExpectBalance(outcome);
  const std::vector<int64_t> landed = LandedInts("people", "people", "id");
  EXPECT_EQ(landed.size(), outcome.streams[0].records_written);
  EXPECT_GT(landed.size(), 0U);
  EXPECT_LT(landed.size(), 2000000U);
  ExpectOneToN(landed, static_cast<int64_t>(landed.size()));
}

}  // namespace
}  // namespace connhost
