// Which connectors this host has: install, list, info, uninstall, gc.
//
// Order makes it safe: a package is whole in the store before the registry names it, and the row is
// the last thing written. Killed in between, the store has an entry that nobody names: the next
// install of that package uses it, or Gc removes it. Threads: as Registry.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/lifecycle/connector_name.h"
#include "host/lifecycle/package_checks.h"
#include "host/lifecycle/package_source.h"
#include "host/store/store.h"
#include "manifests/manifest.h"
#include "registry/registry.h"

namespace connhost {

struct InstallResult {
  ConnectorDefinition definition;  // as the registry has it now
  bool was_installed = false;      // the same package was there before
};

struct InstalledConnector {
  ConnectorDefinition definition;
  std::string state;    // the definition's status, or "broken" when its package is
  std::string problem;  // why it is broken, with what to do; else ""
};

struct ConnectorInfo {
  InstalledConnector connector;
  Manifest manifest;
  std::optional<PackagePaths> package;  // nothing when it is broken
};

struct InstallerOptions {
  std::vector<std::filesystem::path> shipped;  // folders with packages to install by name
  std::string platform = CurrentPlatform();
  std::string actor = "connhost";  // for the audit log: who asks
  std::string reason;              // and why
  bool allow_unsigned = false;     // takes a file without a signature
};

class Installer {
 public:
  // `store` and `registry` outlive the installer.
  Installer(const Store& store, Registry& registry, Describe describe, InstallerOptions options);

  // A file (it holds a '/' or ends with .connpkg) or the name of a shipped package, NAME,
  // NAME@VERSION or NAME@RANGE. The connector's first version becomes its active one; another lies
  // beside it until an upgrade. Installing what is installed changes nothing, and repairs a damaged
  // package. Refusals: kPolicy (package, digest, or description do not hold what they say; the same
  // version with other content), kConfig (manifest, name, library), kUnsupported (platform), and
  // whatever the description throws.
  InstallResult Install(const std::string& file_or_name);

  // The same for a package that was found before, wherever it is from. Error{kPolicy} too when it
  // is not what was promised or its signature does not hold (package_signature.h); that is known
  // before the archive is opened.
  InstallResult Install(const PackageSource& source);

  // Every definition, by id and version, broken ones among them. Files are looked at, not hashed.
  std::vector<InstalledConnector> List();

  // One version, by default the active one; its package is hashed as a whole. Error{kConfig} when
  // it is not installed.
  ConnectorInfo Info(const std::string& name);

  // Takes the version out of the registry and returns it; Gc frees its package. NAME alone is
  // enough when one version is installed. Error{kConfig} when it is not installed, when several
  // are, when a running run uses it, or when it is the last version of a connector that connections
  // need.
  ConnectorDefinition Uninstall(const std::string& name);

  // The digests that definitions and running runs name.
  std::set<std::string> NamedDigests();

  // Removes every package that neither they nor `keep` name. Waits for installs under way.
  CollectResult Gc(const std::set<std::string>& keep = {});

 private:
  Manifest CheckPackage(const PackageFile& package, const PackageName& name,
                        const PackagePaths& content);
  InstallResult WriteRow(ConnectorDefinition definition, const PackageSource& source);
  AuditEntry InstallAudit(const ConnectorDefinition& definition, const PackageSource& source) const;
  AuditEntry Audit(const std::string& action, const ConnectorDefinition& definition) const;
  std::vector<ConnectorDefinition> VersionsOf(const std::string& id);
  ConnectorDefinition FindInstalled(const ConnectorName& name);
  void RefuseWhileRunning(const ConnectorDefinition& definition);
  void RefuseWhileNeeded(const ConnectorDefinition& definition);

  const Store& store_;
  Registry& registry_;
  Describe describe_;
  InstallerOptions options_;
};

}  // namespace connhost
