#include "host/lifecycle/locking.h"

#include "base/error.h"
#include "base/text.h"

namespace connhost {
namespace {

// The platforms of a package that one of the catalogs has with this digest.
std::map<std::string, std::string> PlatformsOf(const ConnectorDefinition& definition,
                                               const std::vector<OpenedCatalog>& catalogs,
                                               const std::string& platform) {
  for (const OpenedCatalog& catalog : catalogs) {
    const IndexPackage* entry = catalog.index.Find(definition.id, definition.version);
    if (entry == nullptr) continue;
    const auto own = entry->platforms.find(platform);
    if (own == entry->platforms.end() || own->second.sha256 != definition.digest) continue;
    std::map<std::string, std::string> platforms;
    for (const auto& [name, file] : entry->platforms) platforms[name] = file.sha256;
    return platforms;
  }
  return {{platform, definition.digest}};
}

}  // namespace

LockFile LockInstalled(Registry& registry, const std::vector<OpenedCatalog>& catalogs,
                       const std::string& platform) {
  LockFile lock;
  for (const ConnectorDefinition& definition : registry.ListDefinitions()) {
    if (!definition.active) continue;
    lock[definition.id] = {definition.version, definition.signer,
                           PlatformsOf(definition, catalogs, platform)};
  }
  return lock;
}

LockedPackage FindLocked(const LockFile& lock, const ConnectorWish& wish,
                         const std::string& platform) {
  const auto found = lock.find(wish.id);
  if (found == lock.end()) {
    std::vector<std::string> ids;
    for (const auto& entry : lock) ids.push_back(entry.first);
    throw Error(ErrorKind::kPolicy, "the lock file does not hold the connector '" + wish.id + "'" +
                                        DidYouMean(wish.id, ids) +
                                        "; only what it holds is installed");
  }
  const LockedConnector& locked = found->second;
  if (!wish.Fits(locked.version)) {
    throw Error(ErrorKind::kPolicy, "the lock file holds " + wish.id + " " + locked.version +
                                        ", asked for was " + wish.Text());
  }
  const auto digest = locked.platforms.find(platform);
  if (digest == locked.platforms.end()) {
    throw Error(ErrorKind::kUnsupported, "the lock file holds no package of " + wish.id + " " +
                                             locked.version + " for " + platform);
  }
  return {wish.id, locked.version, digest->second, locked.signer};
}

const PackageOffer& FindLockedOffer(const PackageFinder& finder, const LockedPackage& package) {
  const PackageOffer* offer = finder.FindExact(package.id, package.version, package.sha256);
  if (offer != nullptr) return *offer;
  for (const PackageOffer& other : finder.offers()) {
    if (other.id != package.id || other.version != package.version || other.file == nullptr) {
      continue;
    }
    throw Error(ErrorKind::kPolicy, "the lock file holds " + package.id + " " + package.version +
                                        " with sha256 " + package.sha256 + ", but " + other.From() +
                                        " offers it with " + other.file->sha256);
  }
  throw Error(ErrorKind::kConfig, "the lock file holds " + package.id + " " + package.version +
                                      ", but neither the shipped packages nor a catalog has it");
}

std::set<std::string> DigestsOf(const LockFile& lock) {
  std::set<std::string> digests;
  for (const auto& [id, connector] : lock) {
    for (const auto& [platform, sha256] : connector.platforms) digests.insert(sha256);
  }
  return digests;
}

}  // namespace connhost
