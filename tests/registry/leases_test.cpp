#include "tests/registry/contract.h"

namespace connhost {
namespace {

// A holder that ran under this boot in this namespace and is gone: no process is ever so old.
LeaseHolder DeadHolder() {
  LeaseHolder holder = LeaseHolder::Current();
  holder.pid_start -= 1;
  return holder;
}

TEST_P(RegistryContract, GivesOneRunTheLease) {
  const auto second = Open();
  const Fence fence = Begin(registry(), "run-1");
  const LeaseAnswer refused = second->BeginRun(NewRun("run-2"), LeaseHolder::Current(), kLease);
  EXPECT_FALSE(refused.fence);
  EXPECT_EQ(refused.held_by_run, "run-1");
  EXPECT_GT(refused.expires_at, 0);
  EXPECT_FALSE(registry().FindRun("run-2"));  // the refused run left no row
  Begin(registry(), "run-3", "invoices");     // another connection is not concerned
  Finish(registry(), fence);
  EXPECT_GT(Begin(*second, "run-4").token, fence.token);
}

TEST_P(RegistryContract, TakesOverTheLeaseOfADeadHolder) {
  const LeaseAnswer dead = registry().BeginRun(NewRun("run-1"), DeadHolder(), kLease);
  registry().CommitState(*dead.fence, State(*dead.fence, 5));
  registry().UpdateRun(*dead.fence, R"({"read":5})");
  const Fence fence = Begin(registry(), "run-2");
  const auto abandoned = registry().FindRun("run-1");
  EXPECT_EQ(abandoned->status, RunStatus::kAbandoned);
  EXPECT_GT(abandoned->finished_at, 0);
  EXPECT_NE(abandoned->cause.find("ended before the run did"), std::string::npos);
  EXPECT_EQ(abandoned->cause_kind, "transient");
  EXPECT_EQ(abandoned->metrics, R"({"read":5})");  // what it had recorded stays
  registry().CommitState(fence, State(fence, 6));
}

TEST_P(RegistryContract, AStaleFenceWritesNothing) {
  const LeaseAnswer late = registry().BeginRun(NewRun("run-1"), LeaseHolder::Current(), kExpired);
  registry().CommitState(*late.fence, State(*late.fence, 1, "\"mine\""));  // nobody took it yet
  const Fence fence = Begin(registry(), "run-2");
  EXPECT_NE(registry().FindRun("run-1")->cause.find("did not renew"), std::string::npos);

  ExpectError(ErrorKind::kCancelled, "run-1",
              [&] { registry().CommitState(*late.fence, State(*late.fence, 2)); });
  ExpectError(ErrorKind::kCancelled, "acme/orders",
              [&] { registry().UpdateRun(*late.fence, R"({"late":1})"); });
  EXPECT_FALSE(registry().RenewLease(*late.fence, kLease));
  Finish(registry(), *late.fence);

  EXPECT_EQ(registry().CurrentState("acme", "orders", "orders")->state, "\"mine\"");
  EXPECT_EQ(registry().FindRun("run-1")->status, RunStatus::kAbandoned);
  EXPECT_EQ(registry().FindRun("run-1")->metrics, "{}");
  EXPECT_TRUE(registry().RenewLease(fence, kLease));  // and the late finish freed no lease
}

TEST_P(RegistryContract, AForgedTokenIsStale) {
  Fence fence = Begin(registry(), "run-1");
  ++fence.token;
  EXPECT_FALSE(registry().RenewLease(fence, kLease));
  ExpectError(ErrorKind::kCancelled, "run-1",
              [&] { registry().CommitState(fence, State(fence, 1)); });
}

TEST_P(RegistryContract, AFinishedRunHasNoLease) {
  const Fence fence = Begin(registry(), "run-1");
  Finish(registry(), fence);
  EXPECT_FALSE(registry().RenewLease(fence, kLease));
  ExpectError(ErrorKind::kCancelled, "run-1",
              [&] { registry().CommitState(fence, State(fence, 1)); });
  Finish(registry(), fence, RunStatus::kFailed);  // too late to change the outcome
  EXPECT_EQ(registry().FindRun("run-1")->status, RunStatus::kSucceeded);
}

TEST_P(RegistryContract, RenewalBringsAnExpiredLeaseBack) {
  const LeaseAnswer answer = registry().BeginRun(NewRun("run-1"), LeaseHolder::Current(), kExpired);
  EXPECT_TRUE(registry().RenewLease(*answer.fence, kLease));
  EXPECT_EQ(registry().BeginRun(NewRun("run-2"), LeaseHolder::Current(), kLease).held_by_run,
            "run-1");
}

TEST_P(RegistryContract, AForeignHolderIsWaitedFor) {
  LeaseHolder elsewhere = DeadHolder();
  elsewhere.boot_id = "another machine or boot";
  registry().BeginRun(NewRun("run-1"), elsewhere, kLease);
  EXPECT_FALSE(registry().BeginRun(NewRun("run-2"), LeaseHolder::Current(), kLease).fence);
}

TEST_P(RegistryContract, SweepsWhatIsDeadAndNothingElse) {
  registry().BeginRun(NewRun("dead", "a"), DeadHolder(), kLease);
  const auto late = registry().BeginRun(NewRun("late", "b"), LeaseHolder::Current(), kExpired);
  const Fence live = Begin(registry(), "live", "c");
  Finish(registry(), Begin(registry(), "done", "d"));
  registry().SweepAbandoned();
  EXPECT_EQ(registry().FindRun("dead")->status, RunStatus::kAbandoned);
  EXPECT_EQ(registry().FindRun("late")->status, RunStatus::kAbandoned);
  EXPECT_EQ(registry().FindRun("live")->status, RunStatus::kRunning);
  EXPECT_EQ(registry().FindRun("done")->status, RunStatus::kSucceeded);
  EXPECT_FALSE(registry().RenewLease(*late.fence, kLease));  // swept: it can not come back
  EXPECT_TRUE(registry().RenewLease(live, kLease));
  EXPECT_GT(Begin(registry(), "next", "b").token, late.fence->token);
}

}  // namespace
}  // namespace connhost
