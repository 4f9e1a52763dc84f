// The catalogs that the registry knows, opened: their indexes read and proved.
//
// An index is read anew each time; when the network fails, the copy of the last time serves, as
// long as it has not expired. Threads: as Registry.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "host/catalog/downloads.h"
#include "host/catalog/index.h"
#include "registry/registry.h"

namespace connhost {

struct OpenedCatalog {
  Catalog row;
  CatalogIndex index;
  std::string note;  // why an earlier copy serves; "" for a fresh one
};

struct RefusedCatalog {
  std::string name;
  Error error;
};

struct OpenedCatalogs {
  std::vector<OpenedCatalog> opened;
  std::vector<RefusedCatalog> refused;  // those that could not be read
};

class Catalogs {
 public:
  // Both outlive the object.
  Catalogs(Registry& registry, const Downloads& downloads)
      : registry_(registry), downloads_(downloads) {}

  // Reads the index there, which `key` must have signed, and remembers the catalog under the name
  // that the index gives itself, and the key when it is new or for other connectors than before.
  // Error{kConfig} when that name is taken by another place; else as Open.
  OpenedCatalog Add(const Location& location, const TrustedKey& key, const AuditEntry& audit);

  // Error{kPolicy} when the signature does not hold, the index is another catalog's, has expired or
  // is older than one seen before; Error{kConfig} when it is malformed or not there; what Fetch
  // throws.
  OpenedCatalog Open(const Catalog& row);

  OpenedCatalogs OpenAll();

 private:
  struct Files {
    std::string index;
    std::string signature;
  };
  static CatalogIndex Prove(const Files& files, const Catalog& row, std::vector<TrustedKey> keys);
  void Remember(const Catalog& row, const TrustedKey& key, const AuditEntry& audit);
  Files Bring(const Location& location);
  void Keep(const Files& files, const std::string& name);

  Registry& registry_;
  const Downloads& downloads_;
};

}  // namespace connhost
