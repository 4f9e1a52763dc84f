// Versions of scopes: switches, pins, generations and the states kept with them.
#include "tests/registry/contract.h"

namespace connhost {
namespace {

const VersionScope kAll{"csv", "", ""};
const VersionScope kAcme{"csv", "acme", ""};

void Install(Registry& registry, std::initializer_list<const char*> versions) {
  for (const char* version : versions) registry.AddDefinition(CsvDefinition(version), kByTest);
}

int64_t Switch(Registry& registry, const VersionScope& scope, const std::string& from,
               const std::string& to, const std::string& kind,
               const std::vector<ConnectionName>& connections = {}) {
  VersionSwitch change{.scope = scope, .from = from, .to = to, .kind = kind};
  change.connections = connections;
  return registry.SwitchVersion(change, {"ada@host", kind, "csv", "because", "{}"});
}

std::string Active(Registry& registry) {
  return registry.ActiveDefinition("csv")->version;
}

TEST_P(RegistryContract, ASwitchIsRecordedWithWhoAndWhy) {
  Install(registry(), {"1.0.0", "1.1.0"});
  const int64_t id = Switch(registry(), kAll, "1.0.0", "1.1.0", "upgrade");
  EXPECT_EQ(Active(registry()), "1.1.0");
  const std::vector<Generation> all = registry().ListGenerations("csv");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, id);
  EXPECT_EQ(all[0].version, "1.1.0");
  EXPECT_EQ(all[0].digest, registry().FindDefinition("csv", "1.1.0")->digest);
  EXPECT_EQ(all[0].kind, "upgrade");
  EXPECT_EQ(all[0].actor, "ada@host");
  EXPECT_EQ(all[0].reason, "because");
  EXPECT_EQ(all[0].previous, all[1].id);
  EXPECT_EQ(all[1].kind, "install");
  EXPECT_EQ(all[1].previous, 0);
  EXPECT_EQ(registry().ListAudit(1).front().entry.action, "upgrade");
}

TEST_P(RegistryContract, OnlyOneOfTwoSwitchesAtOnceWins) {
  Install(registry(), {"1.0.0", "1.1.0", "1.2.0"});
  const auto other = Open();
  Switch(registry(), kAll, "1.0.0", "1.1.0", "upgrade");
  ExpectError(ErrorKind::kTransient, "expected version 1.0.0, found 1.1.0", [&] {
    other->SwitchVersion({.scope = kAll, .from = "1.0.0", .to = "1.2.0", .kind = "upgrade"},
                         kByTest);
  });
  EXPECT_EQ(Active(registry()), "1.1.0");
  EXPECT_EQ(registry().ListGenerations("csv").size(), 2U);
  EXPECT_EQ(registry().ListAudit(1).front().entry.action, "upgrade");
}

TEST_P(RegistryContract, NoSwitchToWhatIsNotInstalled) {
  Install(registry(), {"1.0.0"});
  ExpectError(ErrorKind::kConfig, "csv 3.0.0 is not installed",
              [&] { Switch(registry(), kAll, "1.0.0", "3.0.0", "upgrade"); });
  EXPECT_EQ(Active(registry()), "1.0.0");
}

TEST_P(RegistryContract, ARollbackGoesOneFurtherEachTime) {
  Install(registry(), {"1.0.0", "1.1.0", "1.2.0"});
  Switch(registry(), kAll, "1.0.0", "1.1.0", "upgrade");
  Switch(registry(), kAll, "1.1.0", "1.2.0", "upgrade");
  const auto back = [&] {
    const auto all = registry().ListGenerations("csv");
    const int64_t target = all.front().previous;
    for (const Generation& each : all) {
      if (each.id != target) continue;
      registry().SwitchVersion({.scope = kAll,
                                .from = all.front().version,
                                .to = each.version,
                                .kind = "rollback",
                                .back_to = target},
                               kByTest);
    }
    return registry().ListGenerations("csv").front();
  };
  EXPECT_EQ(back().version, "1.1.0");
  const Generation first = back();
  EXPECT_EQ(first.version, "1.0.0");
  EXPECT_EQ(first.previous, 0);
}

TEST_P(RegistryContract, APinIsOfItsScopeAlone) {
  Install(registry(), {"1.0.0", "1.1.0"});
  Switch(registry(), kAcme, "", "1.1.0", "pin");
  EXPECT_EQ(Active(registry()), "1.0.0");
  ASSERT_EQ(registry().ListPins().size(), 1U);
  EXPECT_EQ(registry().ListPins()[0].scope, kAcme);
  EXPECT_EQ(registry().ListPins()[0].version, "1.1.0");
  ExpectError(ErrorKind::kConfig, "csv 1.1.0 is pinned for acme",
              [&] { registry().RemoveDefinition("csv", "1.1.0", kByTest); });
  Switch(registry(), kAcme, "1.1.0", "", "unpin");
  EXPECT_TRUE(registry().ListPins().empty());
  registry().RemoveDefinition("csv", "1.1.0", kByTest);
}

TEST_P(RegistryContract, StatesAreKeptAndRestored) {
  Install(registry(), {"1.0.0", "1.1.0"});
  WholeRun(registry(), "run-1", 5);
  const ConnectionName orders{"acme", "orders"};
  const int64_t upgrade = Switch(registry(), kAll, "1.0.0", "1.1.0", "upgrade", {orders});
  const auto kept = registry().StatesOfGeneration(upgrade);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].sequence, 5U);
  WholeRun(registry(), "run-2", 9);
  const std::string newer = registry().ListStates("acme", "orders").at(0).state;
  ASSERT_NE(newer, kept[0].state);
  VersionSwitch back{.scope = kAll, .from = "1.1.0", .to = "1.0.0", .kind = "rollback"};
  back.connections = {orders};
  back.states = VersionSwitch::States::kRestore;
  back.restore_from = upgrade;
  registry().SwitchVersion(back, kByTest);
  const StreamState restored = registry().ListStates("acme", "orders").at(0);
  EXPECT_EQ(restored.state, kept[0].state);
  EXPECT_EQ(restored.sequence, 9U);  // never falls
  EXPECT_EQ(registry().StatesOfRun("run-2").at(0).state, newer);
}

TEST_P(RegistryContract, AStreamThatBeganLaterIsReadFromItsStart) {
  Install(registry(), {"1.0.0", "1.1.0"});
  const ConnectionName orders{"acme", "orders"};
  const int64_t upgrade = Switch(registry(), kAll, "1.0.0", "1.1.0", "upgrade", {orders});
  WholeRun(registry(), "run-1", 3);
  VersionSwitch back{.scope = kAll, .from = "1.1.0", .to = "1.0.0", .kind = "rollback"};
  back.connections = {orders};
  back.states = VersionSwitch::States::kRestore;
  back.restore_from = upgrade;
  registry().SwitchVersion(back, kByTest);
  EXPECT_EQ(registry().ListStates("acme", "orders").at(0).state, "");
}

TEST_P(RegistryContract, StatesAreNotTakenFromARunUnderWay) {
  Install(registry(), {"1.0.0", "1.1.0"});
  WholeRun(registry(), "run-1", 1);
  Begin(registry(), "run-2");
  VersionSwitch change{.scope = kAll, .from = "1.0.0", .to = "1.1.0", .kind = "upgrade"};
  change.connections = {{"acme", "orders"}};
  change.states = VersionSwitch::States::kClear;
  ExpectError(ErrorKind::kTransient, "run-2", [&] { registry().SwitchVersion(change, kByTest); });
  EXPECT_EQ(Active(registry()), "1.0.0");
  change.states = VersionSwitch::States::kKeep;
  registry().SwitchVersion(change, kByTest);  // the run ends on the version it began with
  EXPECT_EQ(Active(registry()), "1.1.0");
}

}  // namespace
}  // namespace connhost
