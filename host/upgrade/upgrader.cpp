#include "host/upgrade/upgrader.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "host/lifecycle/version_choice.h"
#include "host/lifecycle/version_table.h"
#include "host/upgrade/connection_checks.h"
#include "host/upgrade/permission_checks.h"
#include "registry/version_order.h"

namespace connhost {
namespace {

constexpr char kAlert[] = "upgrade";

std::vector<std::string> ConnectorIds(Registry& registry) {
  std::set<std::string> ids;
  for (const ConnectorDefinition& each : registry.ListDefinitions()) ids.insert(each.id);
  return {ids.begin(), ids.end()};
}

VersionTable RequireInstalled(Registry& registry, const std::string& connector) {
  VersionTable table(registry, connector);
  if (!table.installed().empty()) return table;
  throw Error(ErrorKind::kConfig, "connector '" + connector + "' is not installed" +
                                      DidYouMean(connector, ConnectorIds(registry)) +
                                      "; 'connhost list' shows what is");
}

std::string KindOf(const UpgradePlan& plan) {
  if (plan.scope.tenant.empty()) return "upgrade";
  return plan.to.empty() ? "unpin" : "pin";
}

std::string AcceptedDetails(const UpgradePlan& plan) {
  std::string accepted;
  for (const UpgradeFinding& finding : plan.findings) {
    if (finding.severity != Severity::kPermission) continue;
    accepted += (accepted.empty() ? "" : ",") + QuoteJson(finding.message);
  }
  return "{\"from\":" + QuoteJson(plan.from) + ",\"to\":" + QuoteJson(plan.to) + ",\"accepted\":[" +
         accepted + "],\"connections\":" + std::to_string(plan.connections.size()) + "}";
}

}  // namespace

Upgrader::Upgrader(Registry& registry, const EndpointResolver& resolver)
    : registry_(registry), resolver_(resolver) {}

UpgradePlan Upgrader::Plan(const VersionScope& scope, const std::string& version) {
  RequireScope(scope);
  const VersionTable table = RequireInstalled(registry_, scope.connector);
  const std::vector<std::string>& installed = table.installed();
  UpgradePlan plan{.scope = scope, .from = table.ChosenBy(scope), .to = version};
  if (plan.to.empty()) plan.to = NewestOf(installed);
  if (std::find(installed.begin(), installed.end(), plan.to) == installed.end()) {
    throw Error(ErrorKind::kConfig,
                scope.connector + " " + plan.to +
                    " is not installed; installed of it: " + JoinWords(installed));
  }
  if (scope.tenant.empty() && CompareVersions(plan.to, plan.from) < 0) {
    throw Error(ErrorKind::kConfig, scope.connector + " " + plan.to + " is older than " +
                                        plan.from + ", the active version; 'connhost rollback " +
                                        scope.connector + "' goes back");
  }
  if (plan.to == plan.from) return plan;
  plan.connections = FindAffected(registry_, scope, plan.to, &plan.findings);
  CheckPermissions(&plan);
  CheckConnections(&plan);
  return plan;
}

UpgradePlan Upgrader::PlanUnpin(const VersionScope& scope) {
  RequireScope(scope);
  UpgradePlan plan{
      .scope = scope, .from = VersionTable(registry_, scope.connector).ChosenBy(scope), .to = ""};
  if (plan.from.empty()) {
    throw Error(ErrorKind::kConfig,
                ScopeLabel(scope) + " is not pinned; 'connhost pins' shows what is");
  }
  plan.connections = FindAffected(registry_, scope, "", &plan.findings);
  CheckConnections(&plan);
  return plan;
}

int64_t Upgrader::Switch(const UpgradePlan& plan, const UpgradeOptions& options) {
  const std::string what = ScopeLabel(plan.scope) + " stays " +
                           (plan.from.empty() ? "as it is" : "at " + plan.from) + ": ";
  if (plan.Has(Severity::kBreaking)) {
    FileBreaking(plan);
    throw Error(ErrorKind::kConfig, what +
                                        "what works would break (see above, and 'connhost "
                                        "alerts'); mend that, or pin the others");
  }
  if (plan.Has(Severity::kPermission) && !options.accept_permissions) {
    throw Error(ErrorKind::kPolicy,
                what +
                    "it wants more than it has (see above); if you agree, say so with "
                    "--accept-permissions");
  }
  const std::string kind = KindOf(plan);
  VersionSwitch change{.scope = plan.scope, .from = plan.from, .to = plan.to, .kind = kind};
  for (const AffectedConnection& each : plan.connections) change.connections.push_back(each.name());
  const int64_t generation = registry_.SwitchVersion(
      change, {options.actor, kind, ScopeLabel(plan.scope), options.reason, AcceptedDetails(plan)});
  for (const StreamSchema& stream : plan.streams) registry_.PutStream(stream);
  for (const ConnectionName& name : change.connections) {
    registry_.ResolveAlerts(name.tenant, name.name, "", kAlert);
  }
  return generation;
}

void Upgrader::RequireScope(const VersionScope& scope) {
  std::vector<std::string> labels;
  for (const TenantConnection& row : registry_.ListConnections()) {
    const bool fits = (scope.tenant.empty() || scope.tenant == row.tenant) &&
                      (scope.connection.empty() || scope.connection == row.name) &&
                      (row.source == scope.connector || row.destination == scope.connector);
    if (fits) return;
    labels.push_back(row.tenant + "/" + row.name);
  }
  if (scope.tenant.empty()) return;
  throw Error(ErrorKind::kConfig, "no connection of " + scope.tenant +
                                      (scope.connection.empty() ? "" : "/" + scope.connection) +
                                      " uses '" + scope.connector + "'; the connections: " +
                                      (labels.empty() ? "none" : JoinWords(labels)));
}

void Upgrader::CheckPermissions(UpgradePlan* plan) {
  std::set<std::string> versions = {plan->from};
  for (const AffectedConnection& each : plan->connections) versions.insert(each.from);
  std::set<std::string> grown;
  const std::string& id = plan->scope.connector;
  const auto after = registry_.FindDefinition(id, plan->to);
  for (const std::string& version : versions) {
    const auto before = registry_.FindDefinition(id, version);
    if (!before || !after) continue;
    for (const std::string& sentence : GrownPermissions(ParseManifest(before->manifest, id),
                                                        ParseManifest(after->manifest, id))) {
      grown.insert(sentence);
    }
  }
  for (const std::string& sentence : grown) {
    plan->findings.push_back({Severity::kPermission, {}, "", plan->to + " " + sentence});
  }
}

void Upgrader::CheckConnections(UpgradePlan* plan) {
  ConnectionChecks checks(registry_, resolver_, plan);
  for (const AffectedConnection& connection : plan->connections) checks.Check(connection);
}

void Upgrader::FileBreaking(const UpgradePlan& plan) {
  const std::string change =
      ScopeLabel(plan.scope) + " " + (plan.to.empty() ? "unpinned" : plan.to) + ": ";
  for (const UpgradeFinding& finding : plan.findings) {
    if (finding.severity != Severity::kBreaking) continue;
    const ConnectionName& name = finding.connection;
    registry_.ResolveAlerts(name.tenant, name.name, finding.stream, kAlert);
  }
  for (const UpgradeFinding& finding : plan.findings) {
    if (finding.severity != Severity::kBreaking) continue;
    registry_.AddAlert(
        {.id = 0,
         .tenant = finding.connection.tenant,
         .connection = finding.connection.name,
         .stream = finding.stream,
         .severity = "breaking",
         .kind = kAlert,
         .message = change + finding.message,
         .details = "{\"from\":" + QuoteJson(plan.from) + ",\"to\":" + QuoteJson(plan.to) + "}",
         .created_at = 0,
         .resolved_at = 0});
  }
}

}  // namespace connhost
