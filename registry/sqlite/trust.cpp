// publisher_keys and catalogs.
#include "base/error.h"
#include "registry/sqlite/audit.h"
#include "registry/sqlite/json_array.h"
#include "registry/sqlite/sqlite_registry.h"
#include "registry/sqlite/statement.h"

namespace connhost {

void SqliteRegistry::PutKey(const TrustedKey& key, const AuditEntry& audit) {
  Transaction transaction(database_);
  Statement(database_,
            "INSERT OR REPLACE INTO publisher_keys (id, public_key, prefixes, comment, added_at, "
            "expires_at, revoked_at, successor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            key.id, key.public_key, ToJsonArray(key.prefixes), key.comment, OrNow(key.added_at),
            key.expires_at, key.revoked_at, key.successor)
      .Run();
  AppendAudit(database_, audit);
  transaction.Commit();
}

void SqliteRegistry::RemoveKey(const std::string& id, const AuditEntry& audit) {
  Transaction transaction(database_);
  Statement(database_, "DELETE FROM publisher_keys WHERE id = ?", id).Run();
  if (database_.ChangedRows() == 0) {
    throw Error(ErrorKind::kConfig,
                "no key '" + id + "' is trusted; 'connhost trust list' shows those that are");
  }
  AppendAudit(database_, audit);
  transaction.Commit();
}

std::vector<TrustedKey> SqliteRegistry::ListKeys() {
  std::vector<TrustedKey> keys;
  Statement query(database_,
                  "SELECT id, public_key, prefixes, comment, added_at, expires_at, revoked_at, "
                  "successor FROM publisher_keys ORDER BY id");
  while (query.Step()) {
    keys.push_back({.id = query.Text(0),
                    .public_key = query.Text(1),
                    .prefixes = FromJsonArray(query.Text(2), "publisher_keys.prefixes"),
                    .comment = query.Text(3),
                    .added_at = query.Int(4),
                    .expires_at = query.Int(5),
                    .revoked_at = query.Int(6),
                    .successor = query.Text(7)});
  }
  return keys;
}

void SqliteRegistry::PutCatalog(const Catalog& catalog, const AuditEntry& audit) {
  Transaction transaction(database_);
  Statement(database_,
            "INSERT OR REPLACE INTO catalogs (name, location, key_id, serial, added_at) "
            "VALUES (?, ?, ?, ?, ?)",
            catalog.name, catalog.location, catalog.key_id, static_cast<int64_t>(catalog.serial),
            OrNow(catalog.added_at))
      .Run();
  AppendAudit(database_, audit);
  transaction.Commit();
}

void SqliteRegistry::RemoveCatalog(const std::string& name, const AuditEntry& audit) {
  Transaction transaction(database_);
  Statement(database_, "DELETE FROM catalogs WHERE name = ?", name).Run();
  if (database_.ChangedRows() == 0) {
    throw Error(ErrorKind::kConfig, "there is no catalog '" + name +
                                        "'; 'connhost catalog list' shows those there are");
  }
  AppendAudit(database_, audit);
  transaction.Commit();
}

std::vector<Catalog> SqliteRegistry::ListCatalogs() {
  std::vector<Catalog> catalogs;
  Statement query(database_,
                  "SELECT name, location, key_id, serial, added_at FROM catalogs ORDER BY name");
  while (query.Step()) {
    catalogs.push_back({.name = query.Text(0),
                        .location = query.Text(1),
                        .key_id = query.Text(2),
                        .serial = static_cast<uint64_t>(query.Int(3)),
                        .added_at = query.Int(4)});
  }
  return catalogs;
}

void SqliteRegistry::RaiseCatalogSerial(const std::string& name, uint64_t serial) {
  const auto seen = [&] {
    Statement query(database_, "SELECT serial FROM catalogs WHERE name = ?", name);
    return query.Step() ? static_cast<uint64_t>(query.Int(0)) : 0;
  };
  const auto refuse_older = [&](uint64_t newest) {
    if (newest <= serial) return;
    throw Error(ErrorKind::kPolicy, "catalog '" + name + "': its index has serial " +
                                        std::to_string(serial) + ", though serial " +
                                        std::to_string(newest) +
                                        " was seen before: an old index is offered again; ask who "
                                        "keeps the catalog or the mirror");
  };
  // Most often nothing is new, and looking costs no sync to the disk.
  const uint64_t before = seen();
  refuse_older(before);
  if (before == serial) return;
  Transaction transaction(database_);
  refuse_older(seen());
  Statement(database_, "UPDATE catalogs SET serial = ? WHERE name = ?",
            static_cast<int64_t>(serial), name)
      .Run();
  transaction.Commit();
}

}  // namespace connhost
