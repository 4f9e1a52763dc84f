#include <limits>

#include "tests/registry/contract.h"

namespace connhost {
namespace {

constexpr uint64_t kMostSequence = std::numeric_limits<int64_t>::max();

TEST_P(RegistryContract, KeepsEveryFieldOfAState) {
  const Fence fence = Begin(registry(), "run-1");
  StreamState state = State(fence, kMostSequence, "{\"at\":\"\u2603\"}");
  state.complete = true;
  state.updated_at = 99;
  registry().CommitState(fence, state);
  const auto current = registry().CurrentState("acme", "orders", "orders");
  EXPECT_EQ(current->run_id, "run-1");
  EXPECT_EQ(current->sequence, kMostSequence);
  EXPECT_EQ(current->state, state.state);
  EXPECT_EQ(current->state_format, "csv/2");
  EXPECT_TRUE(current->complete);
  EXPECT_EQ(current->updated_at, 99);
}

TEST_P(RegistryContract, KeepsAStateWithEveryByte) {
  std::string state;
  for (int byte = 0; byte < 128; ++byte) state += static_cast<char>(byte);
  const Fence fence = Begin(registry(), "run-1");
  registry().CommitState(fence, State(fence, 1, state + std::string(1 << 20, 'x')));
  EXPECT_EQ(registry().CurrentState("acme", "orders", "orders")->state,
            state + std::string(1 << 20, 'x'));
}

TEST_P(RegistryContract, RefusesASequenceThatDoesNotGrow) {
  const Fence fence = Begin(registry(), "run-1");
  registry().CommitState(fence, State(fence, 5, "\"kept\""));
  for (const uint64_t sequence : {uint64_t{5}, uint64_t{4}, uint64_t{0}, kMostSequence + 1}) {
    ExpectError(ErrorKind::kInternal, "expected one above 5",
                [&] { registry().CommitState(fence, State(fence, sequence)); });
  }
  Finish(registry(), fence);
  const Fence next = Begin(registry(), "run-2");  // nor in a later run
  ExpectError(ErrorKind::kInternal, "orders of acme/orders",
              [&] { registry().CommitState(next, State(next, 5)); });
  EXPECT_EQ(registry().CurrentState("acme", "orders", "orders")->state, "\"kept\"");
}

TEST_P(RegistryContract, RefusesTheStateOfAnother) {
  const Fence fence = Begin(registry(), "run-1");
  StreamState state = State(fence, 1);
  state.tenant = "beta";
  ExpectError(ErrorKind::kInternal, "beta", [&] { registry().CommitState(fence, state); });
  state = State(fence, 1);
  state.run_id = "run-0";
  ExpectError(ErrorKind::kInternal, "run-0", [&] { registry().CommitState(fence, state); });
  state = State(fence, 1);
  state.connection = "invoices";
  ExpectError(ErrorKind::kInternal, "invoices", [&] { registry().CommitState(fence, state); });
}

TEST_P(RegistryContract, KeepsWhatEachRunLeft) {
  WholeRun(registry(), "run-1", 1);
  const Fence fence = Begin(registry(), "run-2");
  for (uint64_t sequence = 2; sequence < 6; ++sequence) {
    registry().CommitState(fence, State(fence, sequence, std::to_string(sequence)));
  }
  StreamState other = State(fence, 1);
  other.stream = "invoices";
  registry().CommitState(fence, other);
  ASSERT_EQ(registry().StatesOfRun("run-1").size(), 1U);
  EXPECT_EQ(registry().StatesOfRun("run-1")[0].state, "\"run-1\"");
  ASSERT_EQ(registry().StatesOfRun("run-2").size(), 2U);
  EXPECT_EQ(registry().StatesOfRun("run-2")[1].sequence, 5U);
  ASSERT_EQ(registry().ListStates("acme", "orders").size(), 2U);
  EXPECT_EQ(registry().ListStates("acme", "orders")[0].stream, "invoices");
  EXPECT_EQ(registry().ListStates("acme", "orders")[1].run_id, "run-2");
}

TEST_P(RegistryContract, RewindsToAnyRunAndBack) {
  WholeRun(registry(), "run-1", 1);
  WholeRun(registry(), "run-2", 2);
  WholeRun(registry(), "run-3", 3);
  for (const char* run : {"run-1", "run-3", "run-2", "run-2"}) {
    registry().RewindState("acme", "orders", "orders", run);
    const auto current = registry().CurrentState("acme", "orders", "orders");
    EXPECT_EQ(current->state, "\"" + std::string(run) + "\"");
    EXPECT_EQ(current->state_format, "csv/2");
    EXPECT_EQ(current->sequence, 3U);
    EXPECT_EQ(current->run_id, "");
  }
  EXPECT_EQ(registry().StatesOfRun("run-1")[0].sequence, 1U);  // history is not touched
  WholeRun(registry(), "run-4", 4);
  registry().RewindState("acme", "orders", "", "run-3");
  EXPECT_EQ(registry().CurrentState("acme", "orders", "orders")->sequence, 4U);
}

TEST_P(RegistryContract, ClearsAndKeepsTheSequence) {
  Fence fence = Begin(registry(), "run-1");
  for (const char* stream : {"a", "b"}) {
    StreamState state = State(fence, 7);
    state.stream = stream;
    state.complete = true;
    registry().CommitState(fence, state);
  }
  Finish(registry(), fence);
  registry().ClearState("acme", "orders", "a");
  registry().ClearState("acme", "orders", "a");
  const auto cleared = registry().CurrentState("acme", "orders", "a");
  EXPECT_EQ(cleared->state, "");
  EXPECT_EQ(cleared->state_format, "");
  EXPECT_FALSE(cleared->complete);
  EXPECT_EQ(cleared->sequence, 7U);
  EXPECT_EQ(registry().CurrentState("acme", "orders", "b")->state, "{}");
  registry().ClearState("acme", "orders", "");
  EXPECT_EQ(registry().CurrentState("acme", "orders", "b")->state, "");
  registry().ClearState("acme", "orders", "none");
  EXPECT_EQ(registry().ListStates("acme", "orders").size(), 2U);
  registry().RewindState("acme", "orders", "a", "run-1");
  EXPECT_TRUE(registry().CurrentState("acme", "orders", "a")->complete);
}

TEST_P(RegistryContract, RefusesToChangeStateUnderARun) {
  WholeRun(registry(), "run-1", 1);
  const Fence fence = Begin(registry(), "run-2");
  ExpectError(ErrorKind::kTransient, "run-2", [&] { registry().ClearState("acme", "orders", ""); });
  ExpectError(ErrorKind::kTransient, "run-2",
              [&] { registry().RewindState("acme", "orders", "", "run-1"); });
  Finish(registry(), fence);
  ExpectError(ErrorKind::kConfig, "left no state",
              [&] { registry().RewindState("acme", "orders", "", "run-2"); });
  ExpectError(ErrorKind::kConfig, "of stream nothing",
              [&] { registry().RewindState("acme", "orders", "nothing", "run-1"); });
  ExpectError(ErrorKind::kConfig, "acme/invoices",
              [&] { registry().RewindState("acme", "invoices", "", "run-1"); });
  EXPECT_EQ(registry().CurrentState("acme", "orders", "orders")->run_id, "run-1");
}

// The run may yet be alive behind its expired lease: clearing must shut it out.
TEST_P(RegistryContract, ClearingShutsOutALateRun) {
  const auto late = registry().BeginRun(NewRun("run-1"), LeaseHolder::Current(), kExpired);
  registry().CommitState(*late.fence, State(*late.fence, 1));
  registry().ClearState("acme", "orders", "");
  ExpectError(ErrorKind::kCancelled, "run-1",
              [&] { registry().CommitState(*late.fence, State(*late.fence, 2)); });
  EXPECT_EQ(registry().FindRun("run-1")->status, RunStatus::kAbandoned);
}

}  // namespace
}  // namespace connhost
