#include "registry/sqlite/migrations.h"

#include <string>

#include "base/error.h"
#include "base/time.h"
#include "registry/sqlite/database.h"
#include "registry/sqlite/migration_0001.h"
#include "registry/sqlite/migration_0002.h"
#include "registry/sqlite/migration_0003.h"
#include "registry/sqlite/statement.h"

namespace connhost {
namespace {

constexpr int64_t kApplicationId = 0x434e4854;  // "CNHT", in the file's header

constexpr Migration kMigrations[] = {{1, "first tables", kMigration0001},
                                     {2, "pause reasons", kMigration0002},
                                     {3, "generations, trust, audit", kMigration0003}};

int64_t VersionOf(Database& database) {
  return database.Number("PRAGMA user_version");
}

// The reads go from what a first migration of another process changes last to first as one sees it:
// tables seen here belong to a version that is read after them, so a race cannot make a registry
// look like a stranger.
int64_t CheckedVersion(Database& database, int64_t newest) {
  const bool has_tables = database.Number("SELECT count(*) FROM sqlite_schema") > 0;
  const int64_t version = VersionOf(database);
  const bool ours = database.Number("PRAGMA application_id") == kApplicationId;
  if ((version == 0 && has_tables) || (version != 0 && !ours)) {
    throw Error(ErrorKind::kConfig, database.path() +
                                        " is an SQLite database, yet not a registry of connhost; "
                                        "name another file");
  }
  if (version > newest) {
    throw Error(ErrorKind::kUnsupported,
                "the registry " + database.path() + " has schema version " +
                    std::to_string(version) + ", this program knows versions up to " +
                    std::to_string(newest) +
                    ": a newer connhost wrote it; use that one, or restore a backup made before");
  }
  return version;
}

void Apply(Database& database, const Migration& migration) {
  Transaction transaction(database);
  if (VersionOf(database) >= migration.version) return;  // another process was first
  database.Execute(migration.sql);
  Statement(database, "INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, ?)",
            int64_t{migration.version}, migration.name, NowMicros())
      .Run();
  const std::string header = "PRAGMA user_version = " + std::to_string(migration.version) +
                             "; PRAGMA application_id = " + std::to_string(kApplicationId);
  database.Execute(header.c_str());
  transaction.Commit();
}

}  // namespace

std::span<const Migration> Migrations() {
  return kMigrations;
}

void Migrate(Database& database) {
  Migrate(database, kMigrations);
}

void Migrate(Database& database, std::span<const Migration> migrations) {
  const int64_t version = CheckedVersion(database, migrations.back().version);
  database.UseWriteAheadLog();
  for (const Migration& migration : migrations) {
    if (migration.version > version) Apply(database, migration);
  }
}

}  // namespace connhost
