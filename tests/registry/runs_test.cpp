#include "tests/registry/contract.h"

namespace connhost {
namespace {

TEST_P(RegistryContract, RecordsARunFromBeginToEnd) {
  const Fence fence = Begin(registry(), "run-1");
  const auto running = registry().FindRun("run-1");
  EXPECT_EQ(running->status, RunStatus::kRunning);
  EXPECT_GT(running->started_at, 0);
  EXPECT_EQ(running->finished_at, 0);
  registry().UpdateRun(fence, R"({"read":5})");
  EXPECT_EQ(registry().FindRun("run-1")->metrics, R"({"read":5})");

  ConnectorRun run = NewRun("run-1");
  run.status = RunStatus::kFailed;
  run.source_digest = std::string(64, 'a');
  run.destination_digest = std::string(64, 'b');
  run.cause_kind = "auth";
  run.cause = "the key is refused";
  run.metrics = R"({"read":9})";
  run.cost = R"({"cpu_seconds":1.5})";
  registry().FinishRun(fence, run);
  const auto finished = registry().FindRun("run-1");
  EXPECT_EQ(finished->status, RunStatus::kFailed);
  EXPECT_EQ(finished->source_digest, run.source_digest);
  EXPECT_EQ(finished->destination_digest, run.destination_digest);
  EXPECT_EQ(finished->started_at, running->started_at);
  EXPECT_GE(finished->finished_at, finished->started_at);
  EXPECT_EQ(finished->cause_kind, "auth");
  EXPECT_EQ(finished->cause, run.cause);
  EXPECT_EQ(finished->metrics, run.metrics);
  EXPECT_EQ(finished->cost, run.cost);
}

TEST_P(RegistryContract, RefusesARunThatBreaksARule) {
  const Fence fence = Begin(registry(), "run-1");
  ExpectError(ErrorKind::kInternal, "metrics", [&] { registry().UpdateRun(fence, "{broken"); });
  ExpectError(ErrorKind::kInternal, "run-2", [&] { registry().FinishRun(fence, NewRun("run-2")); });
  ExpectError(ErrorKind::kInternal, "running",
              [&] { registry().FinishRun(fence, NewRun("run-1")); });
  ExpectError(ErrorKind::kInternal, "connector_runs.id", [&] {
    registry().BeginRun(NewRun("run-1", "other"), LeaseHolder::Current(), kLease);
  });
  EXPECT_TRUE(registry().RenewLease(fence, kLease));
  EXPECT_EQ(registry().FindRun("run-1")->status, RunStatus::kRunning);
  // The refused run left no lease behind.
  Finish(registry(), Begin(registry(), "run-3", "other"));
}

TEST_P(RegistryContract, FindsARunByAUniquePrefix) {
  for (const char* id : {"20261121T140312-aaaa", "20261121T140312-ab", "20261121T140313-zz"}) {
    Finish(registry(), Begin(registry(), id));
  }
  EXPECT_EQ(registry().FindRun("20261121T140313")->id, "20261121T140313-zz");
  EXPECT_EQ(registry().FindRun("20261121T140312-aa")->id, "20261121T140312-aaaa");
  EXPECT_FALSE(registry().FindRun("20261122"));
  EXPECT_FALSE(registry().FindRun(""));
  EXPECT_FALSE(registry().FindRun("%"));
  ExpectError(ErrorKind::kConfig, "20261121T140312-aaaa and 20261121T140312-ab",
              [&] { registry().FindRun("20261121T140312"); });
}

TEST_P(RegistryContract, AWholeIdIsNeverAmbiguous) {
  for (const char* id : {"a", "ab", "abc"}) Finish(registry(), Begin(registry(), id));
  EXPECT_EQ(registry().FindRun("a")->id, "a");
  EXPECT_EQ(registry().FindRun("ab")->id, "ab");
}

TEST_P(RegistryContract, NamesOnlyTheFirstOfManyAmbiguousRuns) {
  for (int i = 0; i < 9; ++i) Finish(registry(), Begin(registry(), "run-" + std::to_string(i)));
  ExpectError(ErrorKind::kConfig, "run-0, run-1, run-2, run-3, run-4 and more",
              [&] { registry().FindRun("run"); });
}

TEST_P(RegistryContract, ListsRunsNewestFirstByFilter) {
  const auto add = [&](const std::string& id, const std::string& tenant, int64_t started,
                       RunStatus status) {
    ConnectorRun run = NewRun(id);
    run.tenant = tenant;
    run.started_at = started;
    const auto answer = registry().BeginRun(run, LeaseHolder::Current(), kLease);
    run.status = status;
    registry().FinishRun(*answer.fence, run);
  };
  add("b", "acme", 20, RunStatus::kSucceeded);
  add("a", "acme", 30, RunStatus::kFailed);
  add("c", "beta", 10, RunStatus::kFailed);
  add("d", "beta", 10, RunStatus::kCancelled);
  const auto ids = [&](const RunFilter& filter) {
    std::string text;
    for (const auto& run : registry().ListRuns(filter)) text += run.id;
    return text;
  };
  EXPECT_EQ(ids({}), "abdc");
  EXPECT_EQ(ids({"acme", "", "", 50}), "ab");
  EXPECT_EQ(ids({"", "orders", "", 3}), "abd");
  EXPECT_EQ(ids({"", "", "failed", 50}), "ac");
  EXPECT_EQ(ids({"beta", "orders", "failed", 50}), "c");
  EXPECT_EQ(ids({"beta", "invoices", "", 50}), "");
  ExpectError(ErrorKind::kConfig, "did you mean 'succeeded'", [&] {
    ids({"", "", "suceeded", 50});
  });
}

}  // namespace
}  // namespace connhost
