// Goes back to the generation before, for everyone or for one scope, and says what becomes of the
// states that the older version cannot read.
#pragma once

#include <string>

#include "host/run/endpoint.h"
#include "host/upgrade/upgrade_plan.h"

namespace connhost {

struct RollbackOptions {
  bool force = false;          // across a major version, or against a configuration it refuses
  bool restore_state = false;  // back to the states kept when the version was left
  bool full = false;           // forget the states: everything is read again
  std::string actor{};         // for the audit log
  std::string reason{};
};

struct RollbackPlan {
  UpgradePlan plan;
  int64_t back_to = 0;       // the generation; 0: a scope follows the wider one again
  int64_t restore_from = 0;  // the generation that kept the states
};

// Borrows the registry and the resolver. One thread.
class Rollback {
 public:
  Rollback(Registry& registry, const EndpointResolver& resolver);

  // Error{kConfig} when there is no generation to go back to, or its version is no longer
  // installed.
  RollbackPlan Plan(const VersionScope& scope, const RollbackOptions& options);

  // Does it, and returns the new generation. Error{kConfig} when the plan has a breaking finding;
  // Error{kTransient} when someone else switched since the plan or, when states are to change, a
  // run of one of the connections is under way.
  int64_t Switch(const RollbackPlan& plan, const RollbackOptions& options);

 private:
  void FindTarget(RollbackPlan* rollback);
  void CheckMajor(const RollbackOptions& options, UpgradePlan* plan);
  void CheckConnection(const AffectedConnection& connection, const RollbackOptions& options,
                       RollbackPlan* rollback);
  void CheckStates(const AffectedConnection& connection, const ConnectorDefinition& reader,
                   const RollbackOptions& options, RollbackPlan* rollback);

  Registry& registry_;
  const EndpointResolver& resolver_;
};

}  // namespace connhost
