// What a change of version would do, before it is done.
#pragma once

#include <string>
#include <vector>

#include "host/run/catalog.h"
#include "host/run/connection_spec.h"
#include "registry/registry.h"

namespace connhost {

// kPermission: the new version wants more than the old one had, and a person must agree.
// kBreaking: what worked would no longer work.
enum class Severity { kInfo, kWarning, kPermission, kBreaking };
const char* SeverityName(Severity severity);  // "info", "warning", "permission", "breaking"

struct UpgradeFinding {
  Severity severity = Severity::kInfo;
  ConnectionName connection;  // both empty: about the connector
  std::string stream;         // "" about all
  std::string message;        // a sentence
};

// A connection that would use another version.
struct AffectedConnection {
  ConnectionSpec spec;
  std::string from;
  std::string to;
  bool source = false;       // the connector is its source
  bool destination = false;  // ... its destination

  ConnectionName name() const { return {spec.tenant, spec.name}; }
};

struct UpgradePlan {
  VersionScope scope;
  std::string from;  // "" when the scope had no version of its own
  std::string to;
  std::vector<AffectedConnection> connections{};
  std::vector<UpgradeFinding> findings{};
  // What discovery found with the new version, per connection, to be recorded after the switch.
  std::vector<StreamSchema> streams{};

  bool Has(Severity severity) const;
};

// The connections that use another version once `scope` chooses `to` ("" gives a pin up), by tenant
// and name. What keeps one from using it is added to `findings` as breaking.
std::vector<AffectedConnection> FindAffected(Registry& registry, const VersionScope& scope,
                                             const std::string& to,
                                             std::vector<UpgradeFinding>* findings);

// "csv", "csv for acme", "csv for acme/orders".
std::string ScopeLabel(const VersionScope& scope);

}  // namespace connhost
