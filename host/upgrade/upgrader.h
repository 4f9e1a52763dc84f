// Moves a connector to another version: looks at every connection first, then switches in one
// transaction. Running runs end on the version they began with.
#pragma once

#include <string>

#include "host/run/endpoint.h"
#include "host/upgrade/upgrade_plan.h"

namespace connhost {

struct UpgradeOptions {
  bool accept_permissions = false;
  std::string actor{};  // for the audit log
  std::string reason{};
};

// Borrows the registry and the resolver. One thread.
class Upgrader {
 public:
  Upgrader(Registry& registry, const EndpointResolver& resolver);

  // What would happen if `scope` used `version`, which is installed; "": the newest installed
  // release. Starts guests to discover streams, and writes nothing. Error{kConfig} when it is not
  // installed, when a whole connector would go back (Rollback does that) or when the scope names a
  // connection that there is not.
  UpgradePlan Plan(const VersionScope& scope, const std::string& version);

  // Does it, and returns the generation. Error{kConfig} when the plan has a breaking finding: each
  // becomes an alert of kind `upgrade` of its connection. Error{kPolicy} when permissions grow and
  // that was not accepted. Error{kTransient} when someone else switched since the plan.
  int64_t Switch(const UpgradePlan& plan, const UpgradeOptions& options);

  // Has the scope follow the wider one again.
  UpgradePlan PlanUnpin(const VersionScope& scope);

 private:
  void RequireScope(const VersionScope& scope);
  void CheckPermissions(UpgradePlan* plan);
  void CheckConnections(UpgradePlan* plan);
  void FileBreaking(const UpgradePlan& plan);

  Registry& registry_;
  const EndpointResolver& resolver_;
};

}  // namespace connhost
