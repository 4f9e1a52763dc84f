// Where a connector can be had: the shipped packages and the catalogs, and which one a wish means.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/catalog/downloads.h"
#include "host/lifecycle/catalogs.h"
#include "host/lifecycle/connector_wish.h"
#include "host/lifecycle/package_source.h"

namespace connhost {

// One version of a connector from one place.
struct PackageOffer {
  std::string id;
  std::string version;
  std::string channel;                     // stable | preview | deprecated; shipped ones: stable
  std::vector<std::string> platforms;      // that have it there
  std::filesystem::path shipped;           // the file for this platform; "" of a catalog
  const OpenedCatalog* catalog = nullptr;  // nullptr: shipped
  const IndexPackage* entry = nullptr;     // in the catalog's index
  const IndexFile* file = nullptr;         // for this platform; nullptr: there is none

  std::string From() const;  // "the shipped packages" or "the catalog acme"
  bool HasPlatform() const { return file != nullptr || !shipped.empty(); }
};

// Immutable; borrows the catalogs.
class PackageFinder {
 public:
  PackageFinder(const std::vector<std::filesystem::path>& shipped,
                const std::vector<OpenedCatalog>& catalogs, std::string platform);

  const std::vector<PackageOffer>& offers() const { return offers_; }

  // What the wish means for this platform: of those that fit it the newest stable one, a
  // pre-release or preview only when its version or --channel preview asks for it, a deprecated one
  // only when there is no other. Shipped packages come first among equal versions. Error{kConfig}
  // that says what there is instead, with a near miss; Error{kUnsupported} when only other
  // platforms have it; Error{kPolicy} when two catalogs offer the same version with other content.
  const PackageOffer& Find(const ConnectorWish& wish) const;

  // The newest stable version of a connector for this platform, nullptr when there is none.
  const PackageOffer* Newest(const std::string& id) const;

  // The offer of exactly this package, wherever it is from; nullptr when there is none. A shipped
  // one counts by its version: its digest is compared when it is opened.
  const PackageOffer* FindExact(const std::string& id, const std::string& version,
                                const std::string& sha256) const;

 private:
  void AddShipped(const std::vector<std::filesystem::path>& folders);
  void AddCatalog(const OpenedCatalog& catalog);
  std::vector<const PackageOffer*> Named(const ConnectorWish& wish) const;
  const PackageOffer* Best(const std::vector<const PackageOffer*>& named,
                           const ConnectorWish& wish) const;
  void RefuseAmbiguous(const PackageOffer& best,
                       const std::vector<const PackageOffer*>& named) const;

  std::vector<std::filesystem::path> folders_;
  std::string platform_;
  std::vector<PackageOffer> offers_;
};

// A shipped offer as a source. REQUIRES offer.catalog == nullptr.
PackageSource ShippedSource(const PackageOffer& offer);

// The offer's file on this machine, brought over the network where it must be, with its signature
// beside it. What Downloads throws.
PackageSource BringOffer(const PackageOffer& offer, Downloads& downloads);

// The package at an address, with its signature. Error{kConfig} when the address does not end with
// a package's name; what Downloads throws.
PackageSource BringFromAddress(const Location& address, Downloads& downloads);

}  // namespace connhost
