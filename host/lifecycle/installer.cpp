#include "host/lifecycle/installer.h"

#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/lifecycle/connection_needs.h"
#include "host/lifecycle/package_finder.h"
#include "host/lifecycle/package_library.h"
#include "host/lifecycle/package_signature.h"

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
  PackageSource source;
  if (file_or_name.find('/') != std::string::npos || file_or_name.ends_with(kPackageSuffix)) {
    source.path = file_or_name;
    source.origin = file_or_name;
    source.signature =
        options_.allow_unsigned ? SignatureRule::kUnsignedAllowed : SignatureRule::kRequired;
  } else {
    const PackageFinder finder(options_.shipped, {}, options_.platform);
    source = ShippedSource(finder.Find(ParseConnectorWish(file_or_name)));
  }
  return Install(source);
}

InstallResult Installer::Install(const PackageSource& source) {
  const PackageFile package = OpenPackage(source.path, store_.limits());
  const PackageName name = CheckPackageName(package.name, options_.platform);
  const Trust trust(registry_.ListKeys(), NowMicros());
  const std::string signer = CheckPackageSignature(trust, package, name, source);
  const AddingLock lock = store_.LockForAdding();
  std::optional<ConnectorDefinition> definition;
  store_.Add(lock, package, [&](const PackagePaths& content) {
    definition = DefinitionOf(CheckPackage(package, name, content), package.digest);
  });
  definition->signer = signer;
  return WriteRow(*std::move(definition), source);
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

InstallResult Installer::WriteRow(ConnectorDefinition definition, const PackageSource& source) {
  const bool was_installed =
      registry_.FindDefinition(definition.id, definition.version).has_value();
  registry_.AddDefinition(definition, InstallAudit(definition, source));
  const auto row = registry_.FindDefinition(definition.id, definition.version);
  return {row.value_or(definition), was_installed};
}

AuditEntry Installer::InstallAudit(const ConnectorDefinition& definition,
                                   const PackageSource& source) const {
  AuditEntry entry = Audit("install", definition);
  entry.details.pop_back();  // the closing brace
  entry.details += ",\"origin\":" + QuoteJson(source.origin);
  if (definition.signer.empty() && source.signature == SignatureRule::kUnsignedAllowed) {
    entry.details += ",\"unsigned\":true";
  }
  entry.details += "}";
  return entry;
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

std::set<std::string> Installer::NamedDigests() {
  std::set<std::string> digests;
  for (const ConnectorDefinition& definition : registry_.ListDefinitions()) {
    digests.insert(definition.digest);
  }
  for (const ConnectorRun& run : RunningRuns(registry_)) {
    digests.insert(run.source_digest);
    digests.insert(run.destination_digest);
  }
  return digests;
}

CollectResult Installer::Gc(const std::set<std::string>& keep) {
  const CollectingLock lock = store_.LockForCollecting();
  std::set<std::string> all = NamedDigests();
  all.insert(keep.begin(), keep.end());
  return store_.Collect(lock, all);
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
