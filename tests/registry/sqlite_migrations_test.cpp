#include "registry/sqlite/migrations.h"

#include <gtest/gtest.h>

#include <vector>

#include "registry/sqlite/database.h"
#include "tests/registry/child_process.h"
#include "tests/registry/contract.h"
#include "tests/registry/sqlite_file.h"

namespace connhost {
namespace {

class SqliteMigrations : public testing::Test {
 protected:
  std::string file() const { return (folder_.path() / "registry.db").string(); }

  TemporaryDirectory folder_;
};

std::vector<Migration> WithNext(const char* sql) {
  std::vector<Migration> steps(Migrations().begin(), Migrations().end());
  steps.push_back({steps.back().version + 1, "next", sql});
  return steps;
}

TEST_F(SqliteMigrations, AreNumberedWithoutGaps) {
  int expected = 0;
  for (const Migration& migration : Migrations()) EXPECT_EQ(migration.version, ++expected);
}

TEST_F(SqliteMigrations, RefuseANewerRegistry) {
  OpenSqliteRegistry(file());
  QueryFile(file(), "PRAGMA user_version = 999");
  ExpectError(ErrorKind::kUnsupported, "schema version 999", [&] { OpenSqliteRegistry(file()); });
}

TEST_F(SqliteMigrations, AConnectionThatWasPausedStaysPaused) {
  {
    Database database(file());
    Migrate(database, Migrations().first(1));
    database.Execute(
        "INSERT INTO tenant_connections VALUES ('acme', 'on', 'csv', 'bronze', 1, '{}', 1, 1);"
        "INSERT INTO tenant_connections VALUES ('acme', 'off', 'csv', 'bronze', 0, '{}', 1, 1)");
  }
  const auto registry = OpenSqliteRegistry(file());
  EXPECT_NE(registry->FindConnection("acme", "off")->pause_reason, "");
  EXPECT_EQ(registry->FindConnection("acme", "on")->pause_reason, "");
  EXPECT_EQ(registry->FindConnection("acme", "on")->document, "{}");
}

TEST_F(SqliteMigrations, WhatWasActiveIsTheFirstGeneration) {
  {
    Database database(file());
    Migrate(database, Migrations().first(2));
    const std::string digest(64, 'a');
    for (const char* row : {"'1.0.0', 0", "'1.1.0', 1"}) {
      const std::string version(row, 7);
      const std::string active(1, row[9]);
      const std::string sql = "INSERT INTO connector_definitions VALUES ('csv', " + version +
                              ", '" + digest + "', 'source', '', '', 1, '', '[]', 'installed', " +
                              active + ", '{}', 7)";
      database.Execute(sql.c_str());
    }
  }
  const auto generations = OpenSqliteRegistry(file())->ListGenerations("csv");
  ASSERT_EQ(generations.size(), 1U);
  EXPECT_EQ(generations[0].version, "1.1.0");
  EXPECT_EQ(generations[0].kind, "install");
  EXPECT_EQ(generations[0].created_at, 7);
}

TEST_F(SqliteMigrations, KeepTheRowsOfAnOlderRegistry) {
  WholeRun(*OpenSqliteRegistry(file()), "run-1", 1);
  const auto steps = WithNext("ALTER TABLE connector_runs ADD COLUMN extra TEXT");
  Database database(file());
  Migrate(database, steps);
  Migrate(database, steps);
  EXPECT_EQ(QueryFile(file(), "SELECT id FROM connector_runs WHERE extra IS NULL"), "run-1");
  EXPECT_EQ(QueryFile(file(), "SELECT name FROM schema_migrations WHERE version = " +
                                  std::to_string(steps.back().version)),
            "next");
}

TEST_F(SqliteMigrations, AFailingStepLeavesTheOldVersion) {
  WholeRun(*OpenSqliteRegistry(file()), "run-1", 1);
  {
    Database database(file());
    ExpectError(ErrorKind::kInternal, file(), [&] {
      Migrate(database, WithNext("DROP TABLE compat_alerts; CREATE TABLE broken (;"));
    });
  }
  const auto registry = OpenSqliteRegistry(file());
  EXPECT_TRUE(registry->ListAlerts(false).empty());
  WholeRun(*registry, "run-2", 2);
}

TEST_F(SqliteMigrations, RunOnceWhenFiftyProcessesUpgradeAtOnce) {
  OpenSqliteRegistry(file());
  // A second run of this step would fail: the table would be there.
  const auto steps = WithNext("CREATE TABLE second (x)");
  EXPECT_EQ(RunAtOnce(50,
                      [&](int) {
                        Database database(file());
                        Migrate(database, steps);
                      }),
            0);
  EXPECT_EQ(QueryFile(file(), "SELECT count(*) FROM schema_migrations"),
            std::to_string(steps.size()));
}

TEST_F(SqliteMigrations, RunOnceWhenFiftyProcessesCreateAtOnce) {
  for (int round = 0; round < 2; ++round) {
    const auto path = (folder_.path() / std::to_string(round)).string();
    EXPECT_EQ(RunAtOnce(50, [&](int) { OpenSqliteRegistry(path); }), 0);
    EXPECT_EQ(QueryFile(path, "SELECT count(*) FROM schema_migrations"),
              std::to_string(Migrations().size()));
  }
}

}  // namespace
}  // namespace connhost
