#include "host/lifecycle/deprecations.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "host/lifecycle/connection_needs.h"
#include "host/lifecycle/version_table.h"

namespace connhost {
namespace {

constexpr char kKind[] = "deprecated";
constexpr char kInstalled[] = "installed";

// What the catalogs say of a definition; nothing when none has it.
std::optional<bool> IsDeprecated(const ConnectorDefinition& definition,
                                 const std::vector<OpenedCatalog>& catalogs) {
  std::optional<bool> deprecated;
  for (const OpenedCatalog& catalog : catalogs) {
    const IndexPackage* entry = catalog.index.Find(definition.id, definition.version);
    if (entry == nullptr) continue;
    const bool same = std::any_of(
        entry->platforms.begin(), entry->platforms.end(),
        [&](const auto& platform) { return platform.second.sha256 == definition.digest; });
    if (same) deprecated = deprecated.value_or(false) || entry->channel == kKind;
  }
  return deprecated;
}

void SetStatuses(Registry& registry, const std::vector<OpenedCatalog>& catalogs,
                 const AuditEntry& audit) {
  for (const ConnectorDefinition& definition : registry.ListDefinitions()) {
    const auto deprecated = IsDeprecated(definition, catalogs);
    const std::string status = deprecated.value_or(false) ? kKind : kInstalled;
    if (!deprecated || status == definition.status) continue;
    if (definition.status != kKind && definition.status != kInstalled) continue;
    AuditEntry entry = audit;
    entry.action = kKind;
    entry.subject = definition.id + "@" + definition.version;
    entry.details = "{\"status\":\"" + status + "\"}";
    registry.SetDefinitionStatus(definition.id, definition.version, status, entry);
  }
}

// "csv@1.0.0" of each side of the connection that uses a deprecated version.
std::vector<std::string> DeprecatedOf(Registry& registry, const TenantConnection& connection,
                                      const std::vector<ConnectorDefinition>& deprecated) {
  std::vector<std::string> used;
  try {
    const Json document = ParseJson(connection.document, connection.name);
    for (const ConnectorDefinition& definition : deprecated) {
      for (const char* side : {"source", "destination"}) {
        const auto range = RangeAskedFor(document, side, definition.id);
        if (!range) continue;
        const VersionTable table(registry, definition.id);
        if (table.Choose(*range, {connection.tenant, connection.name}) != definition.version)
          continue;
        used.push_back(definition.id + "@" + definition.version);
        break;
      }
    }
  } catch (const Error&) {
    // A connection that cannot run uses nothing.
  }
  return used;
}

std::string Sentence(const std::vector<std::string>& used) {
  return JoinWords(used) + (used.size() == 1 ? " is" : " are") +
         " deprecated by the publisher; 'connhost outdated' shows newer versions";
}

}  // namespace

std::vector<std::string> NoteDeprecations(Registry& registry,
                                          const std::vector<OpenedCatalog>& catalogs,
                                          const AuditEntry& audit) {
  SetStatuses(registry, catalogs, audit);
  std::vector<ConnectorDefinition> deprecated;
  for (ConnectorDefinition& definition : registry.ListDefinitions()) {
    if (definition.status == kKind) deprecated.push_back(std::move(definition));
  }
  std::map<std::string, std::string> open;  // label -> sentence
  for (const CompatAlert& alert : registry.ListAlerts(true)) {
    if (alert.kind == kKind) open[alert.tenant + "/" + alert.connection] = alert.message;
  }
  std::vector<std::string> news;
  if (deprecated.empty() && open.empty()) return news;
  for (const TenantConnection& connection : registry.ListConnections()) {
    const std::string label = connection.tenant + "/" + connection.name;
    const auto used = DeprecatedOf(registry, connection, deprecated);
    const std::string sentence = used.empty() ? "" : Sentence(used);
    if (open[label] == sentence) continue;
    registry.ResolveAlerts(connection.tenant, connection.name, "", kKind);
    if (sentence.empty()) continue;
    CompatAlert alert;
    alert.tenant = connection.tenant;
    alert.connection = connection.name;
    alert.severity = "warning";
    alert.kind = kKind;
    alert.message = sentence;
    registry.AddAlert(alert);
    news.push_back(label + ": " + sentence);
  }
  return news;
}

}  // namespace connhost
