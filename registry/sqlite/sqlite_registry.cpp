#include "registry/sqlite/sqlite_registry.h"

#include "base/time.h"
#include "registry/sqlite/migrations.h"

namespace connhost {

SqliteRegistry::SqliteRegistry(const std::string& path, std::chrono::milliseconds busy_limit)
    : database_(path, busy_limit) {
  Migrate(database_);
}

int64_t OrNow(int64_t micros) {
  return micros == 0 ? NowMicros() : micros;
}

std::unique_ptr<Registry> OpenSqliteRegistry(const std::string& path) {
  return std::make_unique<SqliteRegistry>(path);
}

}  // namespace connhost
