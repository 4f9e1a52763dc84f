#include "host/lifecycle/outdated.h"

#include "host/lifecycle/version_choice.h"

namespace connhost {

std::vector<OutdatedConnector> ListOutdated(Registry& registry, const PackageFinder& finder) {
  std::vector<OutdatedConnector> connectors;
  for (const ConnectorDefinition& definition : registry.ListDefinitions()) {
    if (!definition.active) continue;
    OutdatedConnector connector{definition.id, definition.version, definition.status, "", ""};
    if (const PackageOffer* newest = finder.Newest(definition.id)) {
      connector.newest = newest->version;
      connector.from = newest->From();
      connector.outdated = IsBetterVersion(newest->version, definition.version);
      connector.installed = registry.FindDefinition(definition.id, newest->version).has_value();
    }
    connectors.push_back(std::move(connector));
  }
  return connectors;
}

}  // namespace connhost
