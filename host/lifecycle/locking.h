// connhost.lock: written from what is installed, and obeyed by an install.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "host/catalog/lock_file.h"
#include "host/lifecycle/package_finder.h"
#include "registry/registry.h"

namespace connhost {

// The active version of every connector, with the digests of every platform that a catalog knows
// for it, else of this one.
LockFile LockInstalled(Registry& registry, const std::vector<OpenedCatalog>& catalogs,
                       const std::string& platform);

// The digest that the lock wants for this platform. `name` is NAME, NAME@VERSION or the name of a
// package file. Error{kPolicy} when the lock does not hold it or wants another version;
// Error{kUnsupported} when it knows no package for this platform.
struct LockedPackage {
  std::string id;
  std::string version;
  std::string sha256;
  std::string signer;
};
LockedPackage FindLocked(const LockFile& lock, const ConnectorWish& wish,
                         const std::string& platform);

// Where exactly this package can be had. Error{kPolicy} when its version is offered with other
// content only, Error{kConfig} when it is not offered.
const PackageOffer& FindLockedOffer(const PackageFinder& finder, const LockedPackage& package);

// Every digest that a lock names.
std::set<std::string> DigestsOf(const LockFile& lock);

}  // namespace connhost
