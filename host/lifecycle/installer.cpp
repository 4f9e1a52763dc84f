#include "host/lifecycle/installer.h"

#include <limits>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/lifecycle/connection_needs.h"
#include "host/lifecycle/package_library.h"
#include "host/lifecycle/shipped_packages.h"

namespace connhost {
namespace {

std::vector<ConnectorRun> RunningRuns(Registry& registry) {
  try {
    registry.SweepAbandoned();  // a dead run holds nothing
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kTransient) throw;  // on a full disk it keeps what it holds
  }
  RunFilter filter;
  filter.status = RunStatusName(RunStatus::kRunning);
  filter.limit = std::numeric_limits<int>::max();
  return registry.ListRuns(filter);
}

ConnectorDefinition DefinitionOf(const Manifest& manifest, const std::string& digest) {
  ConnectorDefinition definition;
  definition.id = manifest.id;
  definition.version = manifest.version;
  definition.digest = digest;
  definition.kind = manifest.source && manifest.destination ? "both"
                    : manifest.source                       ? "source"
                                                            : "destination";
  definition.publisher = manifest.publisher;
  definition.abi = manifest.abi;
  definition.state_writes = manifest.state_writes;
  definition.state_reads = manifest.state_reads;
  definition.manifest = WriteJson(manifest.document);
  definition.installed_at = NowMicros();
  return definition;
}

// `look` opens or verifies the package of the definition.
template <typename Look>
InstalledConnector Examine(ConnectorDefinition definition, Look look) {
  InstalledConnector connector{std::move(definition), "", ""};
  connector.state = connector.definition.status;
  try {
    look(connector.definition.digest);
  } catch (const Error& error) {
    connector.state = "broken";
    connector.problem = error.what();
  }
  return connector;
}

std::vector<std::string> VersionNames(const std::vector<ConnectorDefinition>& definitions) {
  std::vector<std::string> names;
  for (const auto& definition : definitions) names.push_back(definition.version);
  return names;
}

}  // namespace

Installer::Installer(const Store& store, Registry& registry, Describe describe,
                     InstallerOptions options)
    : store_(store),
      registry_(registry),
      describe_(std::move(describe)),
      options_(std::move(options)) {}

InstallResult Installer::Install(const std::string& file_or_name) {
  if (file_or_name.find('/') != std::string::npos || file_or_name.ends_with(kPackageSuffix)) {
    return InstallFile(file_or_name);
  }
  return InstallFile(
      FindShippedPackage(options_.shipped, ParseConnectorName(file_or_name), options_.platform));
}

InstallResult Installer::InstallFile(const std::filesystem::path& path) {
  const PackageFile package = OpenPackage(path, store_.limits());
  const PackageName name = CheckPackageName(package.name, options_.platform);
  // A signature is checked here: the digest is known, the archive not yet opened.
  const AddingLock lock = store_.LockForAdding();
  std::optional<Manifest> manifest;
  store_.Add(lock, package, [&](const PackagePaths& content) {
    manifest.emplace(CheckPackage(package, name, content));
  });
  return WriteRow(*manifest, package.digest);
}

Manifest Installer::CheckPackage(const PackageFile& package, const PackageName& name,
                                 const PackagePaths& content) {
  Manifest manifest = ReadPackageManifest(content.root, package.name + ": manifest.yaml");
  CheckNameAgainstManifest(name, manifest);
  FindLibrary(content, manifest, options_.platform);
  const auto known = registry_.FindDefinition(manifest.id, manifest.version);
  if (known && known->digest != package.digest) {
    throw Error(ErrorKind::kPolicy,
                package.name + ": " + manifest.id + " " + manifest.version +
                    " is installed with other content (sha256 " + known->digest + ", this is " +
                    package.digest +
                    "), and a version never changes its content; raise the version, " +
                    "or uninstall " + manifest.id + "@" + manifest.version + " first");
  }
  CheckDescription(describe_(content, manifest), manifest);
  return manifest;
}

InstallResult Installer::WriteRow(const Manifest& manifest, const std::string& digest) {
  const ConnectorDefinition definition = DefinitionOf(manifest, digest);
  const bool was_installed = registry_.FindDefinition(manifest.id, manifest.version).has_value();
  registry_.AddDefinition(definition, Audit("install", definition));
  const auto row = registry_.FindDefinition(manifest.id, manifest.version);
  return {row.value_or(definition), was_installed};
}

AuditEntry Installer::Audit(const std::string& action,
                            const ConnectorDefinition& definition) const {
  return {options_.actor, action, definition.id + "@" + definition.version, options_.reason,
          R"({"digest":")" + definition.digest + R"(","signer":")" + definition.signer + "\"}"};
}

std::vector<InstalledConnector> Installer::List() {
  std::vector<InstalledConnector> connectors;
  for (ConnectorDefinition& definition : registry_.ListDefinitions()) {
    connectors.push_back(
        Examine(std::move(definition), [&](const std::string& digest) { store_.Open(digest); }));
  }
  return connectors;
}

ConnectorInfo Installer::Info(const std::string& name) {
  const ConnectorName wanted = ParseConnectorName(name);
  std::optional<ConnectorDefinition> definition;
  if (wanted.version.empty()) definition = registry_.ActiveDefinition(wanted.id);
  if (!definition) definition = FindInstalled(wanted);
  std::optional<PackagePaths> package;
  InstalledConnector connector = Examine(
      *std::move(definition), [&](const std::string& digest) { package = store_.Verify(digest); });
  Manifest manifest = ParseManifest(connector.definition.manifest,
                                    "the registered manifest of " + connector.definition.id);
  return {std::move(connector), std::move(manifest), std::move(package)};
}

ConnectorDefinition Installer::Uninstall(const std::string& name) {
  ConnectorDefinition definition = FindInstalled(ParseConnectorName(name));
  RefuseWhileRunning(definition);
  RefuseWhileNeeded(definition);
  registry_.RemoveDefinition(definition.id, definition.version, Audit("uninstall", definition));
  return definition;
}

CollectResult Installer::Gc() {
  const CollectingLock lock = store_.LockForCollecting();
  std::set<std::string> keep;
  for (const ConnectorDefinition& definition : registry_.ListDefinitions()) {
    keep.insert(definition.digest);
  }
  for (const ConnectorRun& run : RunningRuns(registry_)) {
    keep.insert(run.source_digest);
    keep.insert(run.destination_digest);
  }
  return store_.Collect(lock, keep);
}

std::vector<ConnectorDefinition> Installer::VersionsOf(const std::string& id) {
  std::vector<ConnectorDefinition> versions;
  std::vector<std::string> ids;
  for (ConnectorDefinition& definition : registry_.ListDefinitions()) {
    ids.push_back(definition.id);
    if (definition.id == id) versions.push_back(std::move(definition));
  }
  if (versions.empty()) {
    throw Error(ErrorKind::kConfig, "no connector '" + id + "' is installed" + DidYouMean(id, ids) +
                                        "; 'connhost list' shows what is");
  }
  return versions;
}

ConnectorDefinition Installer::FindInstalled(const ConnectorName& name) {
  const std::vector<ConnectorDefinition> versions = VersionsOf(name.id);
  if (name.version.empty() && versions.size() == 1) return versions.front();
  for (const ConnectorDefinition& definition : versions) {
    if (definition.version == name.version) return definition;
  }
  const std::string found = JoinWords(VersionNames(versions));
  throw Error(ErrorKind::kConfig,
              name.version.empty()
                  ? name.id + " is installed in the versions " + found + "; name one, as " +
                        name.id + "@" + versions.back().version
                  : name.id + " " + name.version + " is not installed, found " + found);
}

void Installer::RefuseWhileRunning(const ConnectorDefinition& definition) {
  for (const ConnectorRun& run : RunningRuns(registry_)) {
    if (run.source_digest != definition.digest && run.destination_digest != definition.digest) {
      continue;
    }
    throw Error(ErrorKind::kConfig, definition.id + " " + definition.version +
                                        " is in use by run " + run.id + " of " + run.tenant + "/" +
                                        run.connection +
                                        "; wait for its end or cancel it, then uninstall again");
  }
}

void Installer::RefuseWhileNeeded(const ConnectorDefinition& definition) {
  std::vector<std::string> left = VersionNames(VersionsOf(definition.id));
  std::erase(left, definition.version);
  const auto needing = ConnectionsThatNeed(registry_.ListConnections(), definition, left);
  if (needing.empty()) return;
  throw Error(ErrorKind::kConfig, definition.id + " " + definition.version +
                                      " is the only installed version that serves " +
                                      JoinWords(needing) +
                                      "; install another that does, or change the versions these "
                                      "connections ask for");
}

}  // namespace connhost
