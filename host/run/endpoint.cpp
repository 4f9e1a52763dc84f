#include "host/run/endpoint.h"

#include <connhost/plugin.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "host/lifecycle/version_table.h"
#include "host/run/guest_spec.h"

namespace connhost {
namespace {

// Calls `on_path` for each path a field holds: a string, or a list of strings.
template <class OnPath>
void ForEachPath(JsonValue& config, const std::string& field, OnPath&& on_path) {
  const auto found = config.FindMember(field.c_str());
  if (found == config.MemberEnd()) return;
  if (found->value.IsString()) return on_path(found->value);
  if (!found->value.IsArray()) return;
  for (JsonValue& item : found->value.GetArray()) {
    if (item.IsString()) on_path(item);
  }
}

// The folder or file to open up for a path that may hold wildcards.
std::string FixedPart(const std::string& path) {
  const size_t wildcard = path.find_first_of("*?[");
  if (wildcard == std::string::npos) return path;
  const size_t slash = path.rfind('/', wildcard);
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

bool IsWithin(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end();
}

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

void EndpointResolver::Grant(const Manifest& manifest, const Json& config,
                             WorkerSpec* worker) const {
  Json copy;
  copy.CopyFrom(config, copy.GetAllocator());
  const auto grant = [&](const std::vector<std::string>& fields, std::vector<std::string>* paths) {
    for (const std::string& field : fields) {
      ForEachPath(copy, field, [&](JsonValue& value) {
        const std::string path = FixedPart(std::string(TextOf(value)));
        const auto normal = std::filesystem::path(path).lexically_normal();
        const bool ours = IsWithin(home_.root, normal) ||
                          (IsWithin(normal, home_.root) && !IsWithin(normal, home_.bronze()));
        if (ours) {
          throw Error(ErrorKind::kPolicy, "connector '" + manifest.id + "': " + field + " '" +
                                              path + "' would open connhost's own data in " +
                                              home_.root.string() +
                                              " to the connector; choose another folder");
        }
        paths->push_back(path);
      });
    }
  };
  // A source is stateless and writes nothing; a field that both roles use is read by the one and
  // written by the other.
  const bool writes = worker->role == WorkerRole::kDestination;
  std::vector<std::string> read = manifest.read_paths;
  if (writes) {
    grant(manifest.write_paths, &worker->write_paths);
    std::erase_if(read, [&](const std::string& field) {
      const auto& fields = manifest.write_paths;
      return std::find(fields.begin(), fields.end(), field) != fields.end();
    });
  }
  grant(read, &worker->read_paths);
  for (const std::string& path : worker->write_paths) MakeDirectories(path);
  worker->network = manifest.native_network.has_value();
  worker->console = manifest.HasCapability("console");
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
  Grant(manifest, config, &worker);
  return endpoint;
}

void MakePathsAbsolute(const Manifest& manifest, const std::filesystem::path& base, Json* config) {
  const auto rewrite = [&](const std::vector<std::string>& fields) {
    for (const std::string& field : fields) {
      ForEachPath(*config, field, [&](JsonValue& value) {
        const std::filesystem::path path = std::string(TextOf(value));
        const std::string absolute =
            (path.is_absolute() ? path : std::filesystem::absolute(base) / path)
                .lexically_normal()
                .string();
        value.SetString(absolute.c_str(), config->GetAllocator());
      });
    }
  };
  rewrite(manifest.read_paths);
  rewrite(manifest.write_paths);
}

}  // namespace connhost
