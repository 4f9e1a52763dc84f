#include "tests/host/upgrade/upgrade_fixture.h"

namespace connhost {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class UpgradeTest : public UpgradeFixture {};

TEST_F(UpgradeTest, TheNextRunUsesTheNewVersionAndGoesOnFromTheState) {
  InstallCounter({"1.0.0", "1.1.0"});
  ConnectCounter("acme", "orders");
  AddLines("orders", 250);
  ExpectRun("acme", "orders", "1.0.0");
  const UpgradePlan plan = PlanOf(kEveryone, "");
  EXPECT_EQ(plan.from, "1.0.0");
  EXPECT_EQ(plan.to, "1.1.0");
  ASSERT_EQ(plan.connections.size(), 1U);
  EXPECT_EQ(FindingsOf(plan, Severity::kInfo),
            "acme/orders numbers: column length (int64) is new\n");
  EXPECT_EQ(Active(), "1.0.0");  // a plan changes nothing
  Upgrade(kEveryone, "1.1.0");
  AddLines("orders", 50);
  ExpectRun("acme", "orders", "1.1.0");
  ExpectAllLanded("acme", "orders");
  EXPECT_TRUE(Has(registry_->ListStreams("acme", "orders").at(0).schema, "length"));
  EXPECT_EQ(registry_->VerifyAudit(), "");
}

TEST_F(UpgradeTest, WhatGrowsNeedsAgreement) {
  InstallCounter({"1.1.0", "1.2.0"});
  ConnectCounter("acme", "orders");
  const std::string refusal = Refusal(ErrorKind::kPolicy, [&] { Upgrade(kEveryone, "1.2.0"); });
  EXPECT_TRUE(Has(refusal, "--accept-permissions")) << refusal;
  EXPECT_TRUE(Has(FindingsOf(PlanOf(kEveryone, "1.2.0"), Severity::kPermission),
                  "1.2.0 wants to reach the host api.example.com"));
  EXPECT_EQ(Active(), "1.1.0");
  Upgrade(kEveryone, "1.2.0", true);
  EXPECT_EQ(Active(), "1.2.0");
  EXPECT_TRUE(Has(registry_->ListAudit(1).at(0).entry.details, "api.example.com"));
}

TEST_F(UpgradeTest, AConfigurationThatTheNewVersionRefusesStopsIt) {
  InstallCounter({"1.0.0", "1.4.0"});
  ConnectCounter("acme", "orders");
  ConnectCounter("beta", "orders");
  const std::string refusal = Refusal(ErrorKind::kConfig, [&] { Upgrade(kEveryone, "1.4.0"); });
  EXPECT_TRUE(Has(refusal, "counter stays at 1.0.0")) << refusal;
  EXPECT_EQ(Active(), "1.0.0");
  const auto alerts = registry_->ListAlerts(true);
  ASSERT_EQ(alerts.size(), 2U);
  EXPECT_EQ(alerts[0].kind, "upgrade");
  EXPECT_EQ(alerts[0].severity, "breaking");
  EXPECT_TRUE(Has(alerts[0].message, "tenant_key")) << alerts[0].message;
  // Tried again, the alerts are those of the last try.
  Refusal(ErrorKind::kConfig, [&] { Upgrade(kEveryone, "1.4.0"); });
  EXPECT_EQ(registry_->ListAlerts(true).size(), 2U);
}

TEST_F(UpgradeTest, AStreamThatIsGoneStopsItAndASuccessClosesTheAlert) {
  InstallCounter({"1.0.0", "1.1.0", "3.0.0"});
  ConnectCounter("acme", "orders");
  AddLines("orders", 10);
  ExpectRun("acme", "orders", "1.0.0");
  Refusal(ErrorKind::kConfig, [&] { Upgrade(kEveryone, "3.0.0"); });
  EXPECT_TRUE(Has(FindingsOf(PlanOf(kEveryone, "3.0.0"), Severity::kBreaking),
                  "acme/orders numbers: it is gone"));
  EXPECT_EQ(registry_->ListAlerts(true).size(), 1U);
  Upgrade(kEveryone, "1.1.0");
  EXPECT_TRUE(registry_->ListAlerts(true).empty());
}

TEST_F(UpgradeTest, AConnectionWhoseRangeLeavesItOutStays) {
  InstallCounter({"1.0.0", "2.0.0"});
  ConnectCounter("acme", "orders", "^1.0");
  ConnectCounter("beta", "orders");
  AddLines("orders", 5);
  const UpgradePlan plan = PlanOf(kEveryone, "2.0.0");
  ASSERT_EQ(plan.connections.size(), 1U);
  EXPECT_EQ(plan.connections[0].name().Label(), "beta/orders");
  Upgrade(kEveryone, "2.0.0");
  ExpectRun("acme", "orders", "1.0.0");
  ExpectRun("beta", "orders", "2.0.0");
}

TEST_F(UpgradeTest, InstallingAnotherVersionMovesNobody) {
  InstallCounter({"1.0.0", "2.0.0"});
  ConnectCounter("acme", "orders", "^1.0");
  Upgrade(kEveryone, "2.0.0");
  InstallCounter({"1.1.0"});
  ExpectRun("acme", "orders", "1.0.0");
}

TEST_F(UpgradeTest, ItNeverGoesBack) {
  InstallCounter({"1.0.0", "1.1.0"});
  Upgrade(kEveryone, "1.1.0");
  EXPECT_TRUE(Has(Refusal(ErrorKind::kConfig, [&] { PlanOf(kEveryone, "1.0.0"); }),
                  "'connhost rollback counter' goes back"));
}

TEST_F(UpgradeTest, UnknownNamesAreRefusedWithWhatThereIs) {
  InstallCounter({"1.0.0"});
  ConnectCounter("acme", "orders");
  EXPECT_TRUE(Has(Refusal(ErrorKind::kConfig,
                          [&] {
                            PlanOf({"conter", "", ""}, "");
                          }),
                  "did you mean 'counter'?"));
  EXPECT_TRUE(Has(Refusal(ErrorKind::kConfig, [&] { PlanOf(kEveryone, "9.0.0"); }),
                  "counter 9.0.0 is not installed; installed of it: 1.0.0"));
  EXPECT_TRUE(Has(Refusal(ErrorKind::kConfig,
                          [&] {
                            PlanOf({"counter", "beta", ""}, "1.0.0");
                          }),
                  "no connection of beta uses 'counter'"));
}

TEST_F(UpgradeTest, ASourceThatCannotBeLookedAtStopsIt) {
  InstallCounter({"1.0.0", "1.1.0"});
  ConnectCounter("acme", "orders");
  std::filesystem::remove(folder_.path() / "lines/orders.txt");
  Refusal(ErrorKind::kConfig, [&] { Upgrade(kEveryone, "1.1.0"); });
  EXPECT_TRUE(
      Has(FindingsOf(PlanOf(kEveryone, "1.1.0"), Severity::kBreaking), "could not be discovered"));
}

}  // namespace
}  // namespace connhost
