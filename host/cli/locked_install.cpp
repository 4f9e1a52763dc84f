#include "host/cli/locked_install.h"

#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "host/lifecycle/locking.h"
#include "host/store/package_name.h"

namespace connhost {
namespace {

std::filesystem::path LockPath(CommandContext& context) {
  if (context.arguments().Has("lock")) return context.arguments().Get("lock");
  return context.home().root / kLockFileName;
}

LockFile ReadLock(const std::filesystem::path& path) {
  return ParseLockFile(ReadFile(path, kMostLockBytes), path.string());
}

bool IsFile(const std::string& what) {
  return what.find('/') != std::string::npos || what.ends_with(kPackageSuffix);
}

// What a package file's name says it is; the digest decides in the end.
std::string NameOf(const std::string& what) {
  if (!IsFile(what)) return what;
  const std::string file = std::filesystem::path(what).filename().string();
  const auto name = ParsePackageName(file);
  if (name) return name->id + "@" + name->version;
  throw Error(ErrorKind::kConfig,
              "expected a package file called ID-VERSION-PLATFORM.connpkg, found '" + file + "'");
}

std::vector<LockedPackage> Wanted(const LockFile& lock, const std::string& what) {
  std::vector<LockedPackage> wanted;
  if (!what.empty()) {
    wanted.push_back(FindLocked(lock, ParseConnectorWish(NameOf(what)), CurrentPlatform()));
    return wanted;
  }
  for (const auto& entry : lock) {
    wanted.push_back(FindLocked(lock, ParseConnectorWish(entry.first), CurrentPlatform()));
  }
  return wanted;
}

// The row when exactly this package is installed.
std::optional<ConnectorDefinition> Installed(Registry& registry, const LockedPackage& package) {
  const auto row = registry.FindDefinition(package.id, package.version);
  if (!row || row->digest == package.sha256) return row;
  throw Error(ErrorKind::kPolicy,
              package.id + " " + package.version + " is installed with sha256 " + row->digest +
                  ", the lock file holds " + package.sha256 + "; uninstall it first");
}

class LockedInstall {
 public:
  explicit LockedInstall(CommandContext& context) : context_(context) {}

  void Find(const LockedPackage& package, const std::string& what) {
    const auto row = Installed(context_.registry(), package);
    if (row) {
      results_.push_back({*row, true});
      return;
    }
    PackageSource source = IsFile(what) ? FileSource(what) : Offered(package);
    source.sha256 = package.sha256;
    source.signer = package.signer;
    source.promised_by = "the lock file";
    sources_.push_back(std::move(source));
  }

  std::vector<InstallResult> Install() {
    for (const PackageSource& source : sources_) {
      results_.push_back(context_.installer().Install(source));
    }
    return std::move(results_);
  }

 private:
  PackageSource FileSource(const std::string& path) {
    PackageSource source;
    source.path = path;
    source.origin = path;
    if (context_.arguments().Has("allow-unsigned")) {
      source.signature = SignatureRule::kUnsignedAllowed;
    }
    return source;
  }

  PackageSource Offered(const LockedPackage& package) {
    if (!finder_) {
      catalogs_ = context_.OpenCatalogs();
      finder_.emplace(CommandContext::ShippedPackages(), catalogs_.opened, CurrentPlatform());
    }
    return BringOffer(FindLockedOffer(*finder_, package), context_.downloads());
  }

  CommandContext& context_;
  OpenedCatalogs catalogs_;
  std::optional<PackageFinder> finder_;
  std::vector<PackageSource> sources_;
  std::vector<InstallResult> results_;
};

}  // namespace

std::vector<InstallResult> InstallLocked(CommandContext& context, const std::string& what) {
  const LockFile lock = ReadLock(LockPath(context));
  LockedInstall install(context);
  for (const LockedPackage& package : Wanted(lock, what)) install.Find(package, what);
  return install.Install();
}

std::set<std::string> LockedDigests(CommandContext& context) {
  std::set<std::string> digests;
  const std::filesystem::path own = context.home().root / kLockFileName;
  if (std::filesystem::exists(own)) digests = DigestsOf(ReadLock(own));
  if (!context.arguments().Has("lock")) return digests;
  digests.merge(DigestsOf(ReadLock(context.arguments().Get("lock"))));
  return digests;
}

}  // namespace connhost
