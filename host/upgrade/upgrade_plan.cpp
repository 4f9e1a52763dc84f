#include "host/upgrade/upgrade_plan.h"

#include <algorithm>

#include "base/error.h"
#include "host/lifecycle/version_table.h"

namespace connhost {
namespace {

bool IsWithin(const TenantConnection& row, const VersionScope& scope) {
  return (scope.tenant.empty() || scope.tenant == row.tenant) &&
         (scope.connection.empty() || scope.connection == row.name);
}

// "" when none can be used, as the connection stands.
std::string ChooseOrNone(const VersionTable& table, const std::string& range,
                         const ConnectionName& name) {
  try {
    return table.Choose(range, name);
  } catch (const Error&) {
    return "";
  }
}

}  // namespace

const char* SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kPermission:
      return "permission";
    case Severity::kBreaking:
      return "breaking";
  }
  return "";
}

bool UpgradePlan::Has(Severity severity) const {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const UpgradeFinding& finding) { return finding.severity == severity; });
}

std::string ScopeLabel(const VersionScope& scope) {
  if (scope.tenant.empty()) return scope.connector;
  return scope.connector + " for " + scope.tenant +
         (scope.connection.empty() ? "" : "/" + scope.connection);
}

std::vector<AffectedConnection> FindAffected(Registry& registry, const VersionScope& scope,
                                             const std::string& to,
                                             std::vector<UpgradeFinding>* findings) {
  const VersionTable now(registry, scope.connector);
  const VersionTable then = now.With(scope, to);
  std::vector<AffectedConnection> affected;
  for (const TenantConnection& row : registry.ListConnections()) {
    if (!IsWithin(row, scope)) continue;
    AffectedConnection each;
    each.source = row.source == scope.connector;
    each.destination = row.destination == scope.connector;
    if (!each.source && !each.destination) continue;
    const ConnectionName name{row.tenant, row.name};
    each.spec = StoredConnectionSpec(row.document, name.Label());
    const std::string& range =
        each.source ? each.spec.source.version : each.spec.destination.version;
    each.from = ChooseOrNone(now, range, name);
    try {
      each.to = then.Choose(range, name);
    } catch (const Error& error) {
      findings->push_back({Severity::kBreaking, name, "", error.what()});
      continue;
    }
    if (each.from != each.to) affected.push_back(std::move(each));
  }
  return affected;
}

}  // namespace connhost
