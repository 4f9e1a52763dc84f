// Whether a connection goes on working with another version of a connector.
#pragma once

#include <string>
#include <vector>

#include "host/run/endpoint.h"
#include "host/upgrade/upgrade_plan.h"

namespace connhost {

// Borrows all; one thread. Guests are started to discover streams.
class ConnectionChecks {
 public:
  ConnectionChecks(Registry& registry, const EndpointResolver& resolver, UpgradePlan* plan);

  // Adds what it finds to the plan: the configuration against the new version's schema, the states
  // against the formats it reads, its streams against those on record (that one is lost is no more
  // than a warning when the version is older), and what the other side can do with them.
  void Check(const AffectedConnection& connection);

  // The formats of current states that a version cannot read, as sentences per stream.
  static std::vector<UpgradeFinding> UnreadableStates(const std::vector<StreamState>& states,
                                                      const ConnectorDefinition& reader);

 private:
  ConnectorDefinition Definition(const std::string& version) const;
  void CheckStates(const AffectedConnection& connection, const ConnectorDefinition& before,
                   const ConnectorDefinition& after);
  void CheckStreams(const AffectedConnection& connection, const Endpoint& source);
  void CheckTasks(const AffectedConnection& connection, const std::vector<CatalogStream>& streams,
                  const Manifest& source, const Manifest& destination);
  void Add(Severity severity, const AffectedConnection& connection, const std::string& stream,
           const std::string& message);

  Registry& registry_;
  const EndpointResolver& resolver_;
  UpgradePlan* plan_;
};

}  // namespace connhost
