#include "host/upgrade/connection_checks.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/run/schema_changes.h"
#include "registry/version_order.h"

namespace connhost {
namespace {

Severity SeverityOf(const std::string& name) {
  return name == "breaking"  ? Severity::kBreaking
         : name == "warning" ? Severity::kWarning
                             : Severity::kInfo;
}

bool Reads(const ConnectorDefinition& definition, const std::string& format) {
  const auto& reads = definition.state_reads;
  return format.empty() || format == definition.state_writes ||
         std::find(reads.begin(), reads.end(), format) != reads.end();
}

std::string Formats(const ConnectorDefinition& definition) {
  std::vector<std::string> formats = definition.state_reads;
  if (!definition.state_writes.empty() && !Reads(definition, definition.state_writes)) {
    formats.push_back(definition.state_writes);
  }
  return formats.empty() ? "none" : JoinWords(formats);
}

// Streams that the connection does not read are none of its business.
bool Uses(const ConnectionSpec& spec, const std::string& stream) {
  return spec.streams.empty() ||
         std::any_of(spec.streams.begin(), spec.streams.end(),
                     [&](const StreamSpec& each) { return each.name == stream; });
}

}  // namespace

ConnectionChecks::ConnectionChecks(Registry& registry, const EndpointResolver& resolver,
                                   UpgradePlan* plan)
    : registry_(registry), resolver_(resolver), plan_(plan) {}

ConnectorDefinition ConnectionChecks::Definition(const std::string& version) const {
  const std::string& id = plan_->scope.connector;
  const auto definition = registry_.FindDefinition(id, version);
  if (definition) return *definition;
  throw Error(ErrorKind::kConfig, id + " " + version + " is not installed; install it first");
}

void ConnectionChecks::Check(const AffectedConnection& connection) {
  const ConnectorDefinition after = Definition(connection.to);
  const ConnectionName name = connection.name();
  try {
    const ConnectionSpec& spec = connection.spec;
    const Endpoint source = connection.source
                                ? resolver_.ResolveVersion(after, spec.source, WorkerRole::kSource)
                                : resolver_.Resolve(name, spec.source, WorkerRole::kSource);
    const Endpoint destination =
        connection.destination
            ? resolver_.ResolveVersion(after, spec.destination, WorkerRole::kDestination)
            : resolver_.Resolve(name, spec.destination, WorkerRole::kDestination);
    if (connection.source) {
      if (!connection.from.empty()) CheckStates(connection, Definition(connection.from), after);
      CheckStreams(connection, source);
    }
    CheckTasks(connection, KnownStreams(registry_, name.tenant, name.name), source.manifest,
               destination.manifest);
  } catch (const Error& error) {
    Add(Severity::kBreaking, connection, "", error.what());
  }
}

std::vector<UpgradeFinding> ConnectionChecks::UnreadableStates(
    const std::vector<StreamState>& states, const ConnectorDefinition& reader) {
  std::vector<UpgradeFinding> findings;
  for (const StreamState& state : states) {
    if (state.state.empty() || Reads(reader, state.state_format)) continue;
    findings.push_back({Severity::kBreaking,
                        {state.tenant, state.connection},
                        state.stream,
                        "its state has the format " + state.state_format + ", and " + reader.id +
                            " " + reader.version + " reads " + Formats(reader)});
  }
  return findings;
}

void ConnectionChecks::CheckStates(const AffectedConnection& connection,
                                   const ConnectorDefinition& before,
                                   const ConnectorDefinition& after) {
  const ConnectionName name = connection.name();
  for (UpgradeFinding& finding :
       UnreadableStates(registry_.ListStates(name.tenant, name.name), after)) {
    finding.message +=
        "; 'connhost state clear " + name.Label() + "' has it read again from its start";
    plan_->findings.push_back(std::move(finding));
  }
  if (!Reads(before, after.state_writes)) {
    Add(Severity::kWarning, connection, "",
        "it writes states of the format " + after.state_writes + ", which " + before.version +
            " cannot read: a rollback will need --restore-state or --full");
  }
}

void ConnectionChecks::CheckStreams(const AffectedConnection& connection, const Endpoint& source) {
  const ConnectionName name = connection.name();
  std::vector<CatalogStream> found;
  try {
    found = FindStreams(source, -1, {});
  } catch (const Error& error) {
    const bool passing =
        error.kind() == ErrorKind::kTransient || error.kind() == ErrorKind::kThrottled;
    Add(passing ? Severity::kWarning : Severity::kBreaking, connection, "",
        std::string("its streams could not be discovered: ") + error.what());
    return;
  }
  for (const CatalogStream& stream : found) {
    plan_->streams.push_back({name.tenant, name.name, stream.name, 0, stream.schema, NowMicros()});
  }
  const std::vector<CatalogStream> known = KnownStreams(registry_, name.tenant, name.name);
  if (known.empty()) return;
  // Who goes back to an older version asks for its streams.
  const bool back = CompareVersions(connection.to, connection.from) < 0;
  for (const SchemaChange& change : CompareStreams(known, found)) {
    Severity severity = SeverityOf(change.severity);
    if (back) severity = std::min(severity, Severity::kWarning);
    if (!Uses(connection.spec, change.stream)) severity = Severity::kInfo;
    Add(severity, connection, change.stream, change.message);
  }
}

void ConnectionChecks::CheckTasks(const AffectedConnection& connection,
                                  const std::vector<CatalogStream>& streams, const Manifest& source,
                                  const Manifest& destination) {
  if (!streams.empty()) PlanStreams(connection.spec, streams, source, destination);
}

void ConnectionChecks::Add(Severity severity, const AffectedConnection& connection,
                           const std::string& stream, const std::string& message) {
  plan_->findings.push_back({severity, connection.name(), stream, message});
}

}  // namespace connhost
