#include "tests/host/upgrade/upgrade_fixture.h"

namespace connhost {

void UpgradeFixture::InstallCounter(const std::vector<std::string>& versions) {
  for (const std::string& version : versions) {
    Install(std::string(CONNHOST_VERSION_PACKAGES) + "/counter-" + version +
            "-linux-x86_64.connpkg");
  }
}

void UpgradeFixture::ConnectCounter(const std::string& tenant, const std::string& name,
                                    const std::string& range) {
  if (!registry_->ActiveDefinition("bronze")) Install("bronze");
  AddLines(name, 0);
  Apply("apiVersion: connhost/v1\nkind: Connection\ntenant: " + tenant + "\nname: " + name +
        "\nsource: {connector: counter, version: '" + range + "', config: {path: lines/" + name +
        ".txt}}\ndestination: {connector: bronze, config: {path: bronze}}\n");
}

void UpgradeFixture::AddLines(const std::string& name, int lines) {
  const int total = lines_[name] += lines;
  std::string text;
  for (int i = 1; i <= total; ++i) text += std::to_string(i) + "\n";
  Write("lines/" + name + ".txt", text);
}

RunOutcome UpgradeFixture::RunOf(const std::string& tenant, const std::string& name) {
  StopSignal stop;
  RunEngine engine(
      *registry_, [path = home_.registry().string()] { return OpenSqliteRegistry(path); }, *store_,
      home_, CONNHOST_WORKER);
  return engine.Run(tenant, name, options_, &stop, nullptr);
}

void UpgradeFixture::ExpectRun(const std::string& tenant, const std::string& name,
                               const std::string& version) {
  const RunOutcome outcome = RunOf(tenant, name);
  EXPECT_EQ(outcome.run.status, RunStatus::kSucceeded) << outcome.run.cause;
  EXPECT_EQ(outcome.run.source_version, "counter@" + version);
}

void UpgradeFixture::ExpectAllLanded(const std::string& tenant, const std::string& name) {
  std::vector<int64_t> ids = LandedInts(name, "numbers", "id", tenant);
  std::sort(ids.begin(), ids.end());
  std::vector<int64_t> expected;
  for (int64_t i = 1; i <= lines_[name]; ++i) expected.push_back(i);
  EXPECT_EQ(ids, expected);
}

UpgradePlan UpgradeFixture::PlanOf(const VersionScope& scope, const std::string& version) {
  const EndpointResolver resolver = Resolver();
  return Upgrader(*registry_, resolver).Plan(scope, version);
}

int64_t UpgradeFixture::Upgrade(const VersionScope& scope, const std::string& version,
                                bool accept) {
  const EndpointResolver resolver = Resolver();
  Upgrader upgrader(*registry_, resolver);
  return upgrader.Switch(
      upgrader.Plan(scope, version),
      {.accept_permissions = accept, .actor = "ada@host", .reason = "for a test"});
}

RollbackPlan UpgradeFixture::PlanBack(const VersionScope& scope, const RollbackOptions& options) {
  const EndpointResolver resolver = Resolver();
  return Rollback(*registry_, resolver).Plan(scope, options);
}

int64_t UpgradeFixture::RollBack(const VersionScope& scope, const RollbackOptions& options) {
  const EndpointResolver resolver = Resolver();
  Rollback rollback(*registry_, resolver);
  RollbackOptions named = options;
  named.actor = "ada@host";
  return rollback.Switch(rollback.Plan(scope, named), named);
}

std::string UpgradeFixture::Active() {
  return registry_->ActiveDefinition("counter")->version;
}

std::string UpgradeFixture::Refusal(ErrorKind kind, const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(ErrorKindName(error.kind()), std::string(ErrorKindName(kind))) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "nothing was refused";
  return "";
}

std::string FindingsOf(const UpgradePlan& plan, Severity severity) {
  std::string text;
  for (const UpgradeFinding& finding : plan.findings) {
    if (finding.severity != severity) continue;
    text += finding.connection.Label() + " " + finding.stream + ": " + finding.message + "\n";
  }
  return text;
}

}  // namespace connhost
