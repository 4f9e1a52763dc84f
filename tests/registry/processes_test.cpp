// Many processes at once on one registry.
#include <unistd.h>

#include <algorithm>

#include "tests/registry/child_process.h"
#include "tests/registry/contract.h"

namespace connhost {
namespace {

constexpr int kProcesses = 50;
constexpr uint64_t kCommits = 4;

void RunOne(Registry& registry, int number) {
  const std::string connection = "c" + std::to_string(number);
  const Fence fence = Begin(registry, "run-" + std::to_string(number), connection);
  for (uint64_t sequence = 1; sequence <= kCommits; ++sequence) {
    registry.CommitState(fence, State(fence, sequence));
  }
  registry.UpdateRun(fence, R"({"read":10})");
  if (!registry.RenewLease(fence, kLease)) throw std::logic_error("lost the lease");
  Finish(registry, fence);
}

// The registry does not exist yet: its creation is part of the race.
TEST_P(RegistryContract, FiftyProcessesRunFiftyConnections) {
  EXPECT_EQ(RunAtOnce(kProcesses, [&](int number) { RunOne(*Open(), number); }), 0);
  RunFilter all;
  all.limit = 1000;
  const auto runs = registry().ListRuns(all);
  EXPECT_EQ(runs.size(), size_t{kProcesses});
  for (const ConnectorRun& run : runs) {
    EXPECT_EQ(run.status, RunStatus::kSucceeded) << run.id << ": " << run.cause;
    EXPECT_EQ(registry().CurrentState("acme", run.connection, "orders")->sequence, kCommits);
  }
}

TEST_P(RegistryContract, OneOfManyStartsGetsTheFence) {
  registry();
  Pipe won;
  Pipe hold;  // the winner lives until every loser has been told
  const auto start = [&](int number) {
    const auto own = Open();
    const auto answer =
        own->BeginRun(NewRun("run-" + std::to_string(number)), LeaseHolder::Current(), kLease);
    if (answer.fence) WriteAll(won.write.get(), "w", "pipe");
    if (!answer.fence) WriteAll(won.write.get(), "l", "pipe");
    hold.write.Reset();
    char byte = 0;
    if (::read(hold.read.get(), &byte, 1) != 0) throw std::logic_error("hold");
  };
  std::vector<pid_t> children;
  for (int number = 0; number < 20; ++number) children.push_back(Fork([&] { start(number); }));
  std::string outcomes;
  while (outcomes.size() < children.size()) {
    char byte = 0;
    ASSERT_EQ(::read(won.read.get(), &byte, 1), 1);
    outcomes += byte;
  }
  hold.write.Reset();
  for (const pid_t child : children) EXPECT_EQ(WaitFor(child), 0);
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), 'w'), 1) << outcomes;
  EXPECT_EQ(registry().ListRuns({}).size(), 1U);
}

// Everyone counts one stream up through the same lease; every commit must find its own sequence.
TEST_P(RegistryContract, ContendersForOneConnectionLoseNothing) {
  registry();
  const auto contend = [&](int number) {
    const auto own = Open();
    for (int round = 0; round < 5;) {
      const std::string id = std::to_string(number) + "-" + std::to_string(round);
      const auto answer = own->BeginRun(NewRun(id), LeaseHolder::Current(), kLease);
      if (!answer.fence) continue;
      const auto current = own->CurrentState("acme", "orders", "orders");
      own->CommitState(*answer.fence, State(*answer.fence, current ? current->sequence + 1 : 1));
      Finish(*own, *answer.fence);
      ++round;
    }
  };
  EXPECT_EQ(RunAtOnce(8, contend), 0);
  EXPECT_EQ(registry().CurrentState("acme", "orders", "orders")->sequence, 40U);
  EXPECT_EQ(registry().ListRuns({}).size(), 40U);
}

TEST_P(RegistryContract, ManyDiscoverersAgreeOnTheVersion) {
  registry();
  EXPECT_EQ(RunAtOnce(10,
                      [&](int) {
                        if (Open()->PutStream(Schema("a", "{}")) != 1)
                          throw std::logic_error("version");
                      }),
            0);
  EXPECT_EQ(registry().StreamHistory("acme", "orders", "a").size(), 1U);
}

}  // namespace
}  // namespace connhost
