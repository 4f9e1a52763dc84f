// What can be wrong with the file.
#include <gtest/gtest.h>

#include "registry/sqlite/database.h"
#include "registry/sqlite/sqlite_registry.h"
#include "tests/registry/contract.h"
#include "tests/registry/sqlite_file.h"

namespace connhost {
namespace {

class SqliteFile : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "registry.db"; }
  std::unique_ptr<Registry> Open() const { return OpenSqliteRegistry(file().string()); }

  TemporaryDirectory folder_;
};

// SQLite takes a file of one byte for an empty one.
TEST_F(SqliteFile, RefusesGarbageOfAnyLengthAndLeavesIt) {
  for (const size_t size : {2U, 15U, 100U, 511U, 512U, 4096U, 100000U}) {
    const std::string garbage(size, 'g');
    WriteFileAtomic(file(), garbage);
    ExpectError(ErrorKind::kInternal, file().string(), [&] { Open(); });
    EXPECT_TRUE(ReadFile(file()) == garbage) << size;
  }
}

TEST_F(SqliteFile, RefusesATornFile) {
  WholeRun(*Open(), "run-1", 1);
  QueryFile(file(), "PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string whole = ReadFile(file());
  std::string torn = whole;
  for (size_t at = 4096; at < torn.size(); ++at) torn[at] = static_cast<char>(at * 7);
  WriteFileAtomic(file(), torn);
  ExpectError(ErrorKind::kInternal, "damaged", [&] {
    const auto registry = Open();
    registry->ListDefinitions();
    WholeRun(*registry, "run-2", 2);
  });
  for (const char* log : {"-wal", "-shm"}) std::filesystem::remove(file().string() + log);
  WriteFileAtomic(file(), whole);
  EXPECT_TRUE(Open()->FindRun("run-1"));
}

TEST_F(SqliteFile, RefusesTheDatabaseOfAnotherProgramAndLeavesIt) {
  QueryFile(file(), "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
  const std::string before = ReadFile(file());
  ExpectError(ErrorKind::kConfig, "not a registry", [&] { Open(); });
  QueryFile(file(), "PRAGMA user_version = 1");
  ExpectError(ErrorKind::kConfig, "not a registry", [&] { Open(); });
  QueryFile(file(), "PRAGMA user_version = 0");
  EXPECT_EQ(ReadFile(file()).size(), before.size());
  EXPECT_EQ(QueryFile(file(), "PRAGMA journal_mode"), "delete");
}

TEST_F(SqliteFile, AnEmptyFileIsANewRegistry) {
  WriteFileAtomic(file(), "");
  EXPECT_TRUE(Open()->ListRuns({}).empty());
}

TEST_F(SqliteFile, NamesTheMissingFolder) {
  const auto path = (folder_.path() / "none" / "registry.db").string();
  ExpectError(ErrorKind::kConfig, path, [&] { OpenSqliteRegistry(path); });
  ExpectError(ErrorKind::kConfig, folder_.path().string(),
              [&] { OpenSqliteRegistry(folder_.path().string()); });
}

TEST_F(SqliteFile, KeepsALogAndItsSettings) {
  Open();
  EXPECT_EQ(QueryFile(file(), "PRAGMA journal_mode"), "wal");
  Database database(file().string());
  EXPECT_EQ(database.Number("PRAGMA synchronous"), 2);
  EXPECT_EQ(database.Number("PRAGMA foreign_keys"), 1);
}

TEST_F(SqliteFile, GivesUpOnALockAfterItsLimit) {
  Open();
  Database holder(file().string());
  SqliteRegistry waiting(file().string(), std::chrono::milliseconds(20));
  {
    Transaction transaction(holder);
    ExpectError(ErrorKind::kTransient, "locked by another process", [&] { waiting.AddAlert({}); });
    EXPECT_TRUE(waiting.ListRuns({}).empty());  // readers do not wait for writers
  }
  WholeRun(waiting, "run-1", 1);  // and is as good as new
}

TEST_F(SqliteFile, AFailedTransactionLeavesNothing) {
  Open();
  Database database(file().string());
  try {
    Transaction transaction(database);
    database.Execute(
        "INSERT INTO compat_alerts VALUES (1, '', '', '', 'info', 'k', '', '{}', 1, 0)");
    database.Execute("INSERT INTO nothing VALUES (1)");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInternal);
  }
  EXPECT_TRUE(Open()->ListAlerts(false).empty());
  Transaction again(database);
  again.Commit();
}

}  // namespace
}  // namespace connhost
