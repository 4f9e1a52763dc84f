// What someone with the file in hand can change without being seen: nothing in the log.
#include <gtest/gtest.h>

#include "registry/sqlite/database.h"
#include "tests/registry/contract.h"

namespace connhost {
namespace {

std::string FaultAfter(const char* sql) {
  const TemporaryDirectory folder;
  const std::string file = (folder.path() / "registry.db").string();
  const auto registry = OpenSqliteRegistry(file);
  for (const char* version : {"1.0.0", "1.1.0", "1.2.0"}) {
    registry->AddDefinition(CsvDefinition(version), kByTest);
  }
  EXPECT_EQ(registry->VerifyAudit(), "");
  Database(file).Execute(sql);
  return registry->VerifyAudit();
}

TEST(SqliteAudit, EveryTamperingShows) {
  const auto expect = [](const char* sql, const std::string& part) {
    const std::string fault = FaultAfter(sql);
    EXPECT_NE(fault.find(part), std::string::npos) << sql << " -> " << fault;
  };
  expect("UPDATE audit_log SET actor = 'eve' WHERE seq = 2", "row 2 of");
  expect("DELETE FROM audit_log WHERE seq = 1", "row 1 is missing");
  expect("DELETE FROM audit_log WHERE seq = 2", "row 2 is missing");
  expect("DELETE FROM audit_log WHERE seq = 3", "it ends with row 2");
  expect("DELETE FROM audit_log", "it ends with row 0");
  expect("DELETE FROM audit_end", "where it ends is no longer recorded");
  expect("UPDATE audit_log SET seq = seq + 1 WHERE seq = 3", "row 3 is missing");
}

}  // namespace
}  // namespace connhost
