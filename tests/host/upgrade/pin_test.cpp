// Canaries: a tenant or a connection on a version of its own.
#include "tests/host/upgrade/upgrade_fixture.h"

namespace connhost {
namespace {

const VersionScope kAcme{"counter", "acme", ""};
const VersionScope kAcmeOrders{"counter", "acme", "orders"};

class PinTest : public UpgradeFixture {
 protected:
  void SetUp() override {
    InstallCounter({"1.0.0", "1.1.0", "1.3.0"});
    for (const char* tenant : {"acme", "beta"}) ConnectCounter(tenant, "orders");
    ConnectCounter("acme", "items");
    AddLines("orders", 3);
  }
};

TEST_F(PinTest, OnlyTheTenantMoves) {
  const UpgradePlan plan = PlanOf(kAcme, "1.1.0");
  EXPECT_EQ(plan.connections.size(), 2U);
  Upgrade(kAcme, "1.1.0");
  ExpectRun("acme", "orders", "1.1.0");
  ExpectRun("acme", "items", "1.1.0");
  ExpectRun("beta", "orders", "1.0.0");
  EXPECT_EQ(Active(), "1.0.0");
}

TEST_F(PinTest, TheNarrowerPinWins) {
  Upgrade(kAcme, "1.1.0");
  Upgrade(kAcmeOrders, "1.3.0");
  ExpectRun("acme", "orders", "1.3.0");
  ExpectRun("acme", "items", "1.1.0");
  // What is pinned does not move with the others.
  EXPECT_EQ(PlanOf(kEveryone, "1.3.0").connections.size(), 1U);
  Upgrade(kEveryone, "1.3.0");
  ExpectRun("acme", "items", "1.1.0");
  ExpectRun("beta", "orders", "1.3.0");
}

TEST_F(PinTest, ARollbackOfTheCanaryFollowsTheOthersAgain) {
  Upgrade(kAcme, "1.1.0");
  RollBack(kAcme);
  EXPECT_TRUE(registry_->ListPins().empty());
  ExpectRun("acme", "orders", "1.0.0");
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { PlanBack(kAcme); }).find("first generation"),
            std::string::npos);
}

TEST_F(PinTest, UnpinFollowsTheActiveVersion) {
  Upgrade(kAcme, "1.1.0");
  const EndpointResolver resolver(*registry_, *store_, home_, CONNHOST_WORKER);
  Upgrader upgrader(*registry_, resolver);
  upgrader.Switch(upgrader.PlanUnpin(kAcme),
                  {.accept_permissions = false, .actor = "a", .reason = ""});
  ExpectRun("acme", "orders", "1.0.0");
  EXPECT_EQ(registry_->ListGenerations("counter").front().kind, "unpin");
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { upgrader.PlanUnpin(kAcme); }).find("is not pinned"),
            std::string::npos);
}

TEST_F(PinTest, APinOutsideTheRangeIsRefused) {
  ConnectCounter("acme", "narrow", "1.0.0");
  EXPECT_NE(FindingsOf(PlanOf(kAcme, "1.1.0"), Severity::kBreaking).find("acme/narrow"),
            std::string::npos);
  Refusal(ErrorKind::kConfig, [&] { Upgrade(kAcme, "1.1.0"); });
}

TEST_F(PinTest, APinnedVersionCannotBeUninstalled) {
  Upgrade(kAcme, "1.1.0");
  EXPECT_NE(
      Refusal(ErrorKind::kConfig,
              [&] {
                registry_->RemoveDefinition("counter", "1.1.0", {"a", "uninstall", "", "", "{}"});
              })
          .find("pinned for acme"),
      std::string::npos);
}

}  // namespace
}  // namespace connhost
