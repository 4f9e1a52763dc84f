// SIGKILL, of holders and at random instants.
#include <unistd.h>

#include <random>
#include <thread>

#include "tests/registry/child_process.h"
#include "tests/registry/contract.h"

namespace connhost {
namespace {

std::string ReadByte(const Pipe& pipe) {
  char byte = 0;
  return ::read(pipe.read.get(), &byte, 1) == 1 ? std::string(1, byte) : std::string();
}

TEST_P(RegistryContract, TakesOverFromAKilledProcessAtOnce) {
  Pipe begun;
  const pid_t child = Fork([&] {
    const auto own = Open();
    const Fence fence = Begin(*own, "run-1");
    own->CommitState(fence, State(fence, 1));
    WriteAll(begun.write.get(), "b", "pipe");
    while (true) ::pause();
  });
  ASSERT_EQ(ReadByte(begun), "b");
  EXPECT_FALSE(registry().BeginRun(NewRun("run-2"), LeaseHolder::Current(), kLease).fence);
  KillAndWait(child);
  const Fence fence = Begin(registry(), "run-3");
  EXPECT_EQ(registry().FindRun("run-1")->status, RunStatus::kAbandoned);
  EXPECT_EQ(registry().CurrentState("acme", "orders", "orders")->run_id, "run-1");
  registry().CommitState(fence, State(fence, 2));
}

// Runs one after the other for ever; reports each sequence that a CommitState has returned for.
void CommitForEver(Registry& registry, int round, uint64_t sequence, const Pipe& committed) {
  for (int number = 0;; ++number) {
    const Fence fence = Begin(registry, std::to_string(round) + "-" + std::to_string(number));
    for (int commit = 0; commit < 3; ++commit) {
      registry.CommitState(fence, State(fence, ++sequence));
      WriteAll(committed.write.get(), "c", "pipe");
    }
    registry.PutStream(Schema("orders", std::to_string(sequence)));
    Finish(registry, fence);
    registry.ClearState("acme", "orders", "");
  }
}

TEST_P(RegistryContract, SurvivesAKillAtAnyInstant) {
  std::minstd_rand random(20261121);
  uint64_t known = 0;  // the last sequence a child has reported
  for (int round = 0; round < 50; ++round) {
    Pipe committed;
    const pid_t child = Fork([&] { CommitForEver(*Open(), round, known, committed); });
    committed.write.Reset();
    for (auto left = random() % 12; left > 0; --left) known += ReadByte(committed).size();
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
    KillAndWait(child);
    while (!ReadByte(committed).empty()) ++known;

    const auto reopened = Open();
    reopened->SweepAbandoned();
    EXPECT_TRUE(reopened->ListRuns({"", "", "running", 50}).empty()) << "round " << round;
    const auto current = reopened->CurrentState("acme", "orders", "orders");
    const uint64_t sequence = current ? current->sequence : 0;
    ASSERT_GE(sequence, known) << "a commit that had returned is lost, round " << round;
    ASSERT_LE(sequence, known + 1) << "round " << round;
    known = sequence;
    ASSERT_NO_FATAL_FAILURE(TearDown());
  }
  EXPECT_GT(known, 0U);
}

TEST_P(RegistryContract, SurvivesAKillWhileItIsCreated) {
  std::minstd_rand random(1);
  for (int round = 0; round < 12; ++round) {
    const TemporaryDirectory folder;
    Pipe ready;
    const pid_t child = Fork([&] {
      WriteAll(ready.write.get(), "r", "pipe");
      GetParam().open(folder.path());
    });
    ASSERT_EQ(ReadByte(ready), "r");
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 8000));
    KillAndWait(child);
    const auto reopened = GetParam().open(folder.path());
    WholeRun(*reopened, "run-1", 1);
    GetParam().check(folder.path());
  }
}

}  // namespace
}  // namespace connhost
