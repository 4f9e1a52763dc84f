#include "host/upgrade/rollback.h"

#include <algorithm>

#include "base/error.h"
#include "base/time.h"
#include "host/upgrade/connection_checks.h"
#include "manifests/version.h"

namespace connhost {
namespace {

std::vector<Generation> GenerationsOf(Registry& registry, const VersionScope& scope) {
  std::vector<Generation> generations = registry.ListGenerations(scope.connector);
  std::erase_if(generations, [&](const Generation& each) { return each.scope != scope; });
  return generations;
}

const char* StatesWord(VersionSwitch::States states) {
  switch (states) {
    case VersionSwitch::States::kKeep:
      return "kept";
    case VersionSwitch::States::kClear:
      return "cleared";
    case VersionSwitch::States::kRestore:
      return "restored";
  }
  return "";
}

}  // namespace

Rollback::Rollback(Registry& registry, const EndpointResolver& resolver)
    : registry_(registry), resolver_(resolver) {}

RollbackPlan Rollback::Plan(const VersionScope& scope, const RollbackOptions& options) {
  RollbackPlan rollback;
  rollback.plan.scope = scope;
  FindTarget(&rollback);
  UpgradePlan& plan = rollback.plan;
  CheckMajor(options, &plan);
  plan.connections = FindAffected(registry_, scope, plan.to, &plan.findings);
  for (const AffectedConnection& each : plan.connections) {
    CheckConnection(each, options, &rollback);
  }
  return rollback;
}

void Rollback::FindTarget(RollbackPlan* rollback) {
  UpgradePlan& plan = rollback->plan;
  const std::vector<Generation> generations = GenerationsOf(registry_, plan.scope);
  const std::string label = ScopeLabel(plan.scope);
  if (generations.empty()) {
    throw Error(ErrorKind::kConfig, label +
                                        " has no generation to go back from; 'connhost history " +
                                        plan.scope.connector + "' shows those there are");
  }
  const Generation& current = generations.front();
  plan.from = current.version;
  rollback->back_to = current.previous;
  const auto target =
      std::find_if(generations.begin(), generations.end(),
                   [&](const Generation& each) { return each.id == current.previous; });
  if (target != generations.end()) plan.to = target->version;
  const bool nowhere = plan.scope.tenant.empty() ? target == generations.end()
                                                 : plan.from.empty() && plan.to.empty();
  if (nowhere) {
    throw Error(ErrorKind::kConfig,
                label + " " + plan.from + " is its first generation: there is none to go back to");
  }
  // The states kept when the target was left: with the oldest generation after it.
  for (const Generation& each : generations) {
    if (each.id > current.previous) rollback->restore_from = each.id;
  }
  if (!plan.to.empty() && !registry_.FindDefinition(plan.scope.connector, plan.to)) {
    throw Error(ErrorKind::kConfig, label + ": the generation before has version " + plan.to +
                                        ", which is no longer installed; install it, then roll "
                                        "back");
  }
}

void Rollback::CheckMajor(const RollbackOptions& options, UpgradePlan* plan) {
  if (plan->from.empty() || plan->to.empty()) return;
  if (ParseVersion(plan->from).major == ParseVersion(plan->to).major) return;
  plan->findings.push_back({options.force ? Severity::kWarning : Severity::kBreaking,
                            {},
                            "",
                            "from " + plan->from + " to " + plan->to +
                                " is another major version: what changed between them may not "
                                "work backwards" +
                                (options.force ? "" : "; --force goes on all the same")});
}

void Rollback::CheckConnection(const AffectedConnection& connection, const RollbackOptions& options,
                               RollbackPlan* rollback) {
  UpgradePlan& plan = rollback->plan;
  const auto definition = registry_.FindDefinition(plan.scope.connector, connection.to);
  if (!definition) return;
  const ConnectionSpec& spec = connection.spec;
  try {
    if (connection.source) resolver_.ResolveVersion(*definition, spec.source, WorkerRole::kSource);
    if (connection.destination) {
      resolver_.ResolveVersion(*definition, spec.destination, WorkerRole::kDestination);
    }
  } catch (const Error& error) {
    plan.findings.push_back({options.force ? Severity::kWarning : Severity::kBreaking,
                             connection.name(), "", error.what()});
  }
  if (connection.source) CheckStates(connection, *definition, options, rollback);
}

void Rollback::CheckStates(const AffectedConnection& connection, const ConnectorDefinition& reader,
                           const RollbackOptions& options, RollbackPlan* rollback) {
  if (options.full) return;
  const ConnectionName name = connection.name();
  std::vector<StreamState> states = registry_.ListStates(name.tenant, name.name);
  if (options.restore_state) {
    states = registry_.StatesOfGeneration(rollback->restore_from);
    std::erase_if(states, [&](const StreamState& state) {
      return ConnectionName{state.tenant, state.connection} != name;
    });
  }
  for (UpgradeFinding& finding : ConnectionChecks::UnreadableStates(states, reader)) {
    finding.message += options.restore_state
                           ? "; --full reads everything again"
                           : "; --restore-state goes back to the state kept when " + connection.to +
                                 " was left, and what was read since is read again; --full reads "
                                 "everything again";
    rollback->plan.findings.push_back(std::move(finding));
  }
}

int64_t Rollback::Switch(const RollbackPlan& rollback, const RollbackOptions& options) {
  const UpgradePlan& plan = rollback.plan;
  if (plan.Has(Severity::kBreaking)) {
    throw Error(ErrorKind::kConfig, ScopeLabel(plan.scope) + " stays at " + plan.from +
                                        ": what works would break (see above)");
  }
  VersionSwitch change{.scope = plan.scope,
                       .from = plan.from,
                       .to = plan.to,
                       .kind = "rollback",
                       .back_to = rollback.back_to};
  for (const AffectedConnection& each : plan.connections) change.connections.push_back(each.name());
  if (options.restore_state) {
    change.states = VersionSwitch::States::kRestore;
    change.restore_from = rollback.restore_from;
  } else if (options.full) {
    change.states = VersionSwitch::States::kClear;
  }
  const std::string details =
      "{\"from\":" + QuoteJson(plan.from) + ",\"to\":" + QuoteJson(plan.to) + ",\"states\":\"" +
      StatesWord(change.states) + "\",\"forced\":" + (options.force ? "true" : "false") + "}";
  return registry_.SwitchVersion(
      change, {options.actor, "rollback", ScopeLabel(plan.scope), options.reason, details});
}

}  // namespace connhost
