#include "host/lifecycle/catalogs.h"

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "base/json.h"
#include "base/time.h"
#include "host/catalog/signed_index.h"
#include "host/lifecycle/trust.h"
#include "host/signature/signature_text.h"

namespace connhost {
namespace {

const std::string kIndexSignatureName = std::string(kIndexName) + std::string(kSignatureSuffix);

bool MayPass(const Error& error) {
  return error.kind() == ErrorKind::kTransient || error.kind() == ErrorKind::kThrottled;
}

}  // namespace

OpenedCatalog Catalogs::Add(const Location& location, const TrustedKey& key,
                            const AuditEntry& audit) {
  Catalog row{"", location.text(), key.id, 0, NowMicros()};
  const Files files = Bring(location);
  CatalogIndex index = Prove(files, row, {key});
  row.name = index.name;
  row.serial = index.serial;
  for (const Catalog& known : registry_.ListCatalogs()) {
    if (known.name != row.name) continue;
    if (known.location != row.location) {
      throw Error(ErrorKind::kConfig, "a catalog " + row.name + " is known at " + known.location +
                                          "; 'connhost catalog remove " + row.name +
                                          "' first to take it from elsewhere");
    }
    // The serial that was seen counts still: only removing a catalog forgets it.
    Prove(files, {known.name, known.location, key.id, known.serial, 0}, {key});
    row.added_at = known.added_at;
  }
  Remember(row, key, audit);
  if (location.remote()) Keep(files, row.name);
  return {row, std::move(index), ""};
}

void Catalogs::Remember(const Catalog& row, const TrustedKey& key, const AuditEntry& audit) {
  AuditEntry entry = audit;
  const auto keys = registry_.ListKeys();
  const bool same = std::any_of(keys.begin(), keys.end(), [&](const TrustedKey& each) {
    return each.id == key.id && each.prefixes == key.prefixes;
  });
  if (!same) {
    entry.action = "trust add";
    entry.subject = key.id;
    registry_.PutKey(key, entry);
    entry.action = audit.action;
  }
  entry.subject = row.name;
  entry.details =
      "{\"location\":" + QuoteJson(row.location) + ",\"key\":" + QuoteJson(row.key_id) + "}";
  registry_.PutCatalog(row, entry);
}

CatalogIndex Catalogs::Prove(const Files& files, const Catalog& row, std::vector<TrustedKey> keys) {
  const std::string what = row.location + "/" + std::string(kIndexName);
  const Trust trust(std::move(keys), NowMicros());
  return OpenIndex(files.index, files.signature,
                   {trust.ForCatalog(row.key_id, what), row.name, row.serial, NowMicros()}, what);
}

Catalogs::Files Catalogs::Bring(const Location& location) {
  const Location index = location / kIndexName;
  const Location signature = location / kIndexSignatureName;
  if (!location.remote()) {
    return {ReadFile(index.path(), kMostIndexBytes),
            ReadFile(signature.path(), kMostSignatureBytes)};
  }
  Files files;
  files.signature = downloads_.BringText(signature, kMostSignatureBytes);
  files.index = downloads_.BringText(index, kMostIndexBytes);
  return files;
}

void Catalogs::Keep(const Files& files, const std::string& name) {
  const std::filesystem::path folder = downloads_.CatalogFolder(name);
  MakeDirectories(folder);
  WriteFileAtomic(folder / kIndexName, files.index);
  WriteFileAtomic(folder / kIndexSignatureName, files.signature);
}

OpenedCatalog Catalogs::Open(const Catalog& row) {
  const Location location = Location::Parse(row.location);
  OpenedCatalog catalog{row, {}, ""};
  try {
    const Files files = Bring(location);
    catalog.index = Prove(files, row, registry_.ListKeys());
    if (location.remote()) Keep(files, row.name);
  } catch (const Error& error) {
    const Location kept = Location::Parse(downloads_.CatalogFolder(row.name).string());
    if (!location.remote() || !MayPass(error) || !std::filesystem::exists(kept.path())) throw;
    catalog.index = Prove(Bring(kept), row, registry_.ListKeys());
    catalog.note = "the catalog " + row.name + " is as it was read last (" +
                   FormatTime(catalog.index.created).substr(0, 10) + "): " + error.what();
  }
  registry_.RaiseCatalogSerial(row.name, catalog.index.serial);
  catalog.row.serial = catalog.index.serial;
  return catalog;
}

OpenedCatalogs Catalogs::OpenAll() {
  OpenedCatalogs all;
  for (const Catalog& row : registry_.ListCatalogs()) {
    try {
      all.opened.push_back(Open(row));
    } catch (const Error& error) {
      all.refused.push_back({row.name, error});
    }
  }
  return all;
}

}  // namespace connhost
