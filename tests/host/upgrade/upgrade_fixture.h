// Versions of the connector `counter` (tests/connector_versions), and connections that use it.
#pragma once

#include <string>
#include <vector>

#include "host/upgrade/rollback.h"
#include "host/upgrade/upgrader.h"
#include "tests/host/run/run_fixture.h"

namespace connhost {

class UpgradeFixture : public RunFixture {
 protected:
  void InstallCounter(const std::vector<std::string>& versions);
  // A connection TENANT/NAME over lines/NAME.txt, with this range of versions.
  void ConnectCounter(const std::string& tenant, const std::string& name,
                      const std::string& range = "*");
  // Appends so many lines to the file of a connection.
  void AddLines(const std::string& name, int lines);

  RunOutcome RunOf(const std::string& tenant, const std::string& name);
  void ExpectRun(const std::string& tenant, const std::string& name, const std::string& version);
  // Every line of the file has landed once.
  void ExpectAllLanded(const std::string& tenant, const std::string& name);

  UpgradePlan PlanOf(const VersionScope& scope, const std::string& version);
  int64_t Upgrade(const VersionScope& scope, const std::string& version, bool accept = false);
  RollbackPlan PlanBack(const VersionScope& scope, const RollbackOptions& options = {});
  int64_t RollBack(const VersionScope& scope, const RollbackOptions& options = {});
  std::string Active();
  // The message of what an action throws, which must be of this kind.
  std::string Refusal(ErrorKind kind, const std::function<void()>& action);

 private:
  EndpointResolver Resolver() { return {*registry_, *store_, home_, CONNHOST_WORKER}; }
  std::map<std::string, int> lines_;
};

const VersionScope kEveryone{"counter", "", ""};

// The findings of this severity, as "tenant/name stream: message" lines.
std::string FindingsOf(const UpgradePlan& plan, Severity severity);

}  // namespace connhost
