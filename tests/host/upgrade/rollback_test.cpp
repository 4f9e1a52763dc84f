#include "tests/host/upgrade/upgrade_fixture.h"

namespace connhost {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class RollbackTest : public UpgradeFixture {};

TEST_F(RollbackTest, GoesBackAndLosesNothing) {
  InstallCounter({"1.0.0", "1.1.0"});
  ConnectCounter("acme", "orders");
  AddLines("orders", 120);
  ExpectRun("acme", "orders", "1.0.0");
  Upgrade(kEveryone, "1.1.0");
  AddLines("orders", 120);
  ExpectRun("acme", "orders", "1.1.0");
  RollBack(kEveryone);
  AddLines("orders", 120);
  ExpectRun("acme", "orders", "1.0.0");
  ExpectAllLanded("acme", "orders");
  const auto generations = registry_->ListGenerations("counter");
  ASSERT_EQ(generations.size(), 3U);
  EXPECT_EQ(generations[0].kind, "rollback");
  EXPECT_EQ(generations[0].actor, "ada@host");
}

TEST_F(RollbackTest, TheFirstGenerationHasNoneBefore) {
  InstallCounter({"1.0.0", "1.1.0"});
  EXPECT_TRUE(Has(Refusal(ErrorKind::kConfig, [&] { PlanBack(kEveryone); }),
                  "counter 1.0.0 is its first generation"));
  EXPECT_TRUE(Has(Refusal(ErrorKind::kConfig,
                          [&] {
                            PlanBack({"nobody", "", ""});
                          }),
                  "has no generation to go back from"));
  Upgrade(kEveryone, "1.1.0");
  RollBack(kEveryone);
  EXPECT_TRUE(Has(Refusal(ErrorKind::kConfig, [&] { PlanBack(kEveryone); }), "first generation"));
}

TEST_F(RollbackTest, AnotherMajorNeedsForce) {
  InstallCounter({"1.0.0", "2.0.0"});
  Upgrade(kEveryone, "2.0.0");
  EXPECT_TRUE(Has(FindingsOf(PlanBack(kEveryone).plan, Severity::kBreaking), "--force"));
  Refusal(ErrorKind::kConfig, [&] { RollBack(kEveryone); });
  EXPECT_EQ(Active(), "2.0.0");
  RollBack(kEveryone, {.force = true});
  EXPECT_EQ(Active(), "1.0.0");
}

// A state that the older version cannot read: refused with two ways out.
class StateRollbackTest : public RollbackTest {
 protected:
  void UpgradeAndRun() {
    InstallCounter({"1.0.0", "2.0.0"});
    ConnectCounter("acme", "orders");
    AddLines("orders", 30);
    ExpectRun("acme", "orders", "1.0.0");
    EXPECT_TRUE(Has(FindingsOf(PlanOf(kEveryone, "2.0.0"), Severity::kWarning),
                    "a rollback will need --restore-state or --full"));
    Upgrade(kEveryone, "2.0.0");
    AddLines("orders", 10);
    ExpectRun("acme", "orders", "2.0.0");
  }
  std::string State() { return registry_->ListStates("acme", "orders").at(0).state; }
};

TEST_F(StateRollbackTest, IsRefusedWithBothWaysOut) {
  UpgradeAndRun();
  const std::string findings =
      FindingsOf(PlanBack(kEveryone, {.force = true}).plan, Severity::kBreaking);
  EXPECT_TRUE(Has(findings, "acme/orders numbers: its state has the format counter/2")) << findings;
  EXPECT_TRUE(Has(findings, "--restore-state")) << findings;
  EXPECT_TRUE(Has(findings, "--full")) << findings;
  Refusal(ErrorKind::kConfig, [&] { RollBack(kEveryone, {.force = true}); });
  EXPECT_EQ(Active(), "2.0.0");
}

TEST_F(StateRollbackTest, RestoresTheStateKeptAtTheUpgrade) {
  UpgradeAndRun();
  RollBack(kEveryone, {.force = true, .restore_state = true});
  EXPECT_EQ(State(), R"({"lines":30})");
  const RunOutcome outcome = RunOf("acme", "orders");
  EXPECT_EQ(outcome.run.status, RunStatus::kSucceeded) << outcome.run.cause;
  EXPECT_EQ(outcome.run.source_version, "counter@1.0.0");
  EXPECT_EQ(LandedInts("orders", "numbers", "id").size(), 50U);  // the last ten twice, as was said
}

TEST_F(StateRollbackTest, OrReadsEverythingAgain) {
  UpgradeAndRun();
  RollBack(kEveryone, {.force = true, .full = true});
  EXPECT_EQ(State(), "");
  const RunOutcome outcome = RunOf("acme", "orders");
  EXPECT_EQ(outcome.run.status, RunStatus::kSucceeded) << outcome.run.cause;
  EXPECT_EQ(LandedInts("orders", "numbers", "id").size(), 80U);
}

TEST_F(StateRollbackTest, ARunUnderWayKeepsItsState) {
  UpgradeAndRun();
  ConnectorRun run;
  run.id = "20261121T140312-k3f9x2ab";
  run.tenant = "acme";
  run.connection = "orders";
  run.started_at = 1;
  const auto answer = registry_->BeginRun(run, LeaseHolder::Current(), 60'000'000);
  ASSERT_TRUE(answer.fence);
  EXPECT_TRUE(Has(Refusal(ErrorKind::kTransient,
                          [&] { RollBack(kEveryone, {.force = true, .restore_state = true}); }),
                  run.id));
  EXPECT_EQ(Active(), "2.0.0");
}

}  // namespace
}  // namespace connhost
