#include "tests/registry/sqlite_file.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace connhost {

std::string QueryFile(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* handle = nullptr;
  std::string answer;
  const auto take = [](void* target, int, char** values, char**) {
    auto& text = *static_cast<std::string*>(target);
    if (text.empty() && values[0] != nullptr) text = values[0];
    return 0;
  };
  EXPECT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), take, &answer, nullptr), SQLITE_OK)
      << sql << ": " << sqlite3_errmsg(handle);
  sqlite3_close(handle);
  return answer;
}

void CheckSqliteFile(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return;
  EXPECT_EQ(QueryFile(file, "PRAGMA integrity_check"), "ok");
  EXPECT_EQ(QueryFile(file, "PRAGMA foreign_key_check"), "");
  EXPECT_EQ(QueryFile(file,
                      "SELECT stream FROM connector_run_state GROUP BY tenant, connection, stream "
                      "HAVING sum(current) <> 1"),
            "")
      << "a stream without exactly one current state";
  EXPECT_EQ(QueryFile(file,
                      "SELECT old.id FROM connector_run_state AS old JOIN connector_run_state AS "
                      "new USING (tenant, connection, stream) "
                      "WHERE new.current = 1 AND old.sequence > new.sequence"),
            "")
      << "a state above the current one";
  EXPECT_EQ(QueryFile(file,
                      "SELECT run_id FROM connection_leases WHERE run_id IS NOT NULL EXCEPT "
                      "SELECT id FROM connector_runs WHERE status = 'running'"),
            "")
      << "a held lease whose run is over";
  EXPECT_EQ(QueryFile(file,
                      "SELECT id FROM connector_runs WHERE status = 'running' EXCEPT "
                      "SELECT run_id FROM connection_leases"),
            "")
      << "a running run without a lease";
}

}  // namespace connhost
