#include "host/run/apply.h"

#include "base/error.h"
#include "base/time.h"
#include "host/run/grants.h"
#include "manifests/yaml_reader.h"

namespace connhost {
namespace {

struct Pending {
  TenantConnection row;
  bool scheduled = false;
};

// The configuration member of "source" or "destination" with its paths made absolute.
void Resolve(const char* side, WorkerRole role, const ConnectionSpec& connection,
             const Place& places, const std::string& what, const EndpointResolver& resolver,
             const std::filesystem::path& base, Json* document) {
  const ConnectionName name{connection.tenant, connection.name};
  const EndpointSpec& spec =
      role == WorkerRole::kSource ? connection.source : connection.destination;
  EndpointSpec absolute;
  absolute.connector = spec.connector;
  absolute.version = spec.version;
  absolute.config.CopyFrom(spec.config, absolute.config.GetAllocator());
  const Manifest manifest = resolver.ManifestOf(name, spec);
  std::vector<Finding> findings = CheckConfig(manifest, absolute.config);
  LocateFindings(findings, places, std::string("/") + side + "/config");
  if (!findings.empty()) throw Error(ErrorKind::kConfig, FormatFindings(what, findings));
  MakePathsAbsolute(manifest, base, &absolute.config);
  resolver.Resolve(name, absolute, role);
  JsonValue copied;
  copied.CopyFrom(absolute.config, document->GetAllocator());
  SetMember(*document, (*document)[side], "config", std::move(copied));
}

Pending Prepare(Json document, const Place& places, const std::string& what,
                const std::filesystem::path& base, const EndpointResolver& resolver) {
  const ConnectionSpec spec = ReadConnectionSpec(document, what, &places);
  Resolve("source", WorkerRole::kSource, spec, places, what, resolver, base, &document);
  Resolve("destination", WorkerRole::kDestination, spec, places, what, resolver, base, &document);
  const int64_t now = NowMicros();
  return {{.tenant = spec.tenant,
           .name = spec.name,
           .source = spec.source.connector,
           .destination = spec.destination.connector,
           .pause_reason = {},
           .document = WriteJson(document),
           .created_at = now,
           .updated_at = now},
          !spec.schedule.empty()};
}

Applied Write(const Pending& pending, Registry& registry) {
  TenantConnection row = pending.row;
  const auto before = registry.FindConnection(row.tenant, row.name);
  Applied applied{row.tenant + "/" + row.name, "created", pending.scheduled};
  if (before) {
    if (before->document == row.document) {
      applied.change = "unchanged";
      return applied;
    }
    applied.change = "changed";
    row.created_at = before->created_at;
  }
  registry.PutConnection(row);
  return applied;
}

}  // namespace

std::vector<Applied> ApplyConnections(const std::string& text, const std::string& what,
                                      const std::filesystem::path& base, Registry& registry,
                                      const EndpointResolver& resolver) {
  std::vector<Pending> all;
  for (TextDocument& document : ReadYamlDocuments(text, what)) {
    all.push_back(Prepare(std::move(document.json), document.places, what, base, resolver));
  }
  if (all.empty()) throw Error(ErrorKind::kConfig, what + ": holds no connection");
  std::vector<Applied> applied;
  for (const Pending& pending : all) applied.push_back(Write(pending, registry));
  return applied;
}

}  // namespace connhost
