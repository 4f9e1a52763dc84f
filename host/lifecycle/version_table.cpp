#include "host/lifecycle/version_table.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "manifests/version_range.h"

namespace connhost {
namespace {

bool Holds(const VersionRange& range, const std::string& version) {
  const auto parsed = TryParseVersion(version);
  return parsed && range.Contains(*parsed);
}

std::string ScopeName(const VersionScope& scope) {
  return scope.connection.empty() ? "tenant " + scope.tenant
                                  : scope.tenant + "/" + scope.connection;
}

}  // namespace

VersionTable::VersionTable(Registry& registry, const std::string& connector)
    : registry_(&registry), connector_(connector), installed_(registry.ListVersions(connector)) {
  if (const auto active = registry.ActiveDefinition(connector)) active_ = active->version;
  pins_ = registry.ListPins();
  std::erase_if(pins_, [&](const VersionPin& pin) { return pin.scope.connector != connector; });
}

std::string VersionTable::ChosenBy(const VersionScope& scope) const {
  if (scope.tenant.empty()) return active_;
  for (const VersionPin& pin : pins_) {
    if (pin.scope == scope) return pin.version;
  }
  return "";
}

VersionTable VersionTable::With(const VersionScope& scope, const std::string& version) const {
  VersionTable table = *this;
  if (scope.tenant.empty()) {
    table.active_ = version;
    return table;
  }
  std::erase_if(table.pins_, [&](const VersionPin& pin) { return pin.scope == scope; });
  if (!version.empty()) table.pins_.push_back({scope, version});
  return table;
}

const VersionPin* VersionTable::PinOf(const ConnectionName& connection) const {
  const VersionPin* of_tenant = nullptr;
  for (const VersionPin& pin : pins_) {
    if (pin.scope.tenant != connection.tenant) continue;
    if (pin.scope.connection == connection.name) return &pin;
    if (pin.scope.connection.empty()) of_tenant = &pin;
  }
  return of_tenant;
}

std::string VersionTable::Choose(const std::string& range_text,
                                 const ConnectionName& connection) const {
  const VersionRange range(range_text);
  if (const VersionPin* pin = PinOf(connection)) {
    if (Holds(range, pin->version)) return pin->version;
    throw Error(ErrorKind::kConfig, connection.Label() + ": it asks for version '" + range_text +
                                        "' of '" + connector_ + "', which is pinned to " +
                                        pin->version + " for " + ScopeName(pin->scope) +
                                        "; change the range, or 'connhost unpin' it");
  }
  if (Holds(range, active_)) return active_;
  const auto usable = [&](const std::string& version) {
    return Holds(range, version) &&
           std::find(installed_.begin(), installed_.end(), version) != installed_.end();
  };
  for (const Generation& generation : registry_->ListGenerations(connector_)) {
    if (generation.scope.tenant.empty() && usable(generation.version)) return generation.version;
  }
  const auto newest = std::find_if(installed_.rbegin(), installed_.rend(), usable);
  if (newest != installed_.rend()) return *newest;
  throw Error(ErrorKind::kConfig, "no installed version of '" + connector_ + "' fits '" +
                                      range_text + "'; installed: " + JoinWords(installed_));
}

}  // namespace connhost
