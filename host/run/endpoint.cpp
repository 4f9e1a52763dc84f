#include "host/run/endpoint.h"

#include <connhost/plugin.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "host/lifecycle/version_table.h"
#include "host/run/grants.h"
#include "host/run/guest_spec.h"

namespace connhost {
namespace {

// This host runs guests on its own machine, and speaks one major of the contract.
void CheckRunner(const Manifest& manifest) {
  const std::vector<std::string>& runners = manifest.runners;
  if (std::find(runners.begin(), runners.end(), "local") == runners.end()) {
    throw Error(ErrorKind::kUnsupported, "connector '" + manifest.id + "' runs only on " +
                                             JoinWords(runners, "or") + "; this host is 'local'");
  }
  if (manifest.abi != CONNHOST_ABI_MAJOR) {
    throw Error(ErrorKind::kUnsupported, "connector '" + manifest.id + "' needs major " +
                                             std::to_string(manifest.abi) +
                                             " of the plugin contract; this host speaks " +
                                             std::to_string(CONNHOST_ABI_MAJOR));
  }
}

std::vector<std::string> ConnectorIds(Registry& registry) {
  std::vector<std::string> ids;
  for (const ConnectorDefinition& definition : registry.ListDefinitions()) {
    ids.push_back(definition.id);
  }
  return ids;
}

}  // namespace

EndpointResolver::EndpointResolver(Registry& registry, const Store& store, const Home& home,
                                   std::string worker_program)
    : registry_(registry), store_(store), home_(home), worker_program_(std::move(worker_program)) {}

ConnectorDefinition EndpointResolver::FindVersion(const ConnectionName& whose,
                                                  const EndpointSpec& spec) const {
  const VersionTable table(registry_, spec.connector);
  if (table.installed().empty()) {
    throw Error(ErrorKind::kConfig, "connector '" + spec.connector + "' is not installed" +
                                        DidYouMean(spec.connector, ConnectorIds(registry_)) +
                                        ": run 'connhost install " + spec.connector + "'");
  }
  const std::string version = table.Choose(spec.version, whose);
  const auto definition = registry_.FindDefinition(spec.connector, version);
  if (definition) return *definition;
  throw Error(ErrorKind::kTransient, "connector '" + spec.connector + "' " + version +
                                         " was uninstalled this moment; try again");
}

PackagePaths EndpointResolver::OpenPackage(const std::string& digest) const {
  try {
    return store_.Open(digest);
  } catch (const Error& error) {
    throw PackageRefused(error.kind(), error.what());
  }
}

Manifest EndpointResolver::ManifestOf(const ConnectionName& whose, const EndpointSpec& spec) const {
  const ConnectorDefinition definition = FindVersion(whose, spec);
  return ParseManifest(definition.manifest, "manifest of " + definition.id);
}

Endpoint EndpointResolver::Resolve(const ConnectionName& whose, const EndpointSpec& spec,
                                   WorkerRole role) const {
  return ResolveVersion(FindVersion(whose, spec), spec, role);
}

Endpoint EndpointResolver::ResolveVersion(const ConnectorDefinition& definition,
                                          const EndpointSpec& spec, WorkerRole role) const {
  Endpoint endpoint;
  endpoint.definition = definition;
  endpoint.manifest =
      ParseManifest(endpoint.definition.manifest, "manifest of " + endpoint.Versioned());
  const Manifest& manifest = endpoint.manifest;
  const bool fits = role == WorkerRole::kSource ? manifest.source : manifest.destination;
  if (!fits) {
    throw Error(ErrorKind::kConfig, "connector '" + manifest.id + "' is no " +
                                        (role == WorkerRole::kSource ? "source" : "destination") +
                                        "; see 'connhost list' for those that are");
  }
  CheckRunner(manifest);
  const std::vector<Finding> findings = CheckConfig(manifest, spec.config);
  if (!findings.empty()) {
    throw Error(ErrorKind::kConfig,
                FormatFindings("configuration of connector '" + manifest.id + "'", findings));
  }
  const Json config = WithDefaults(manifest, spec.config);
  endpoint.config = WriteJson(config);

  const PackagePaths package = OpenPackage(endpoint.definition.digest);
  WorkerSpec& worker = endpoint.worker;
  worker = GuestSpec(package, manifest, home_, worker_program_);
  worker.role = role;
  Grant(manifest, config, home_, &worker);
  return endpoint;
}

}  // namespace connhost
