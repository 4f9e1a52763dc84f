#include "registry/sqlite/database.h"

#include <sqlite3.h>

#include <filesystem>
#include <thread>

#include "registry/sqlite/database_error.h"
#include "registry/sqlite/statement.h"

namespace connhost {
namespace {

// The first to open the file reads what the log holds: 1 MiB of it costs about half a millisecond.
constexpr int kMostLogPages = 256;

}  // namespace

Database::Database(const std::string& path, std::chrono::milliseconds busy_limit)
    // Absolute, so that ":memory:" has no meaning of its own.
    : path_(std::filesystem::absolute(path).string()),
      busy_limit_(busy_limit),
      jitter_(std::random_device()()) {
  constexpr int kFlags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path_.c_str(), &handle_, kFlags, nullptr);
  try {
    if (code != SQLITE_OK) Fail(code);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_wal_autocheckpoint(handle_, kMostLogPages);
    sqlite3_busy_handler(handle_, &Database::OnBusy, this);
    Execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
}

Database::~Database() {
  sqlite3_close(handle_);
}

void Database::Fail(int code) const {
  throw DatabaseError(handle_, code, path_);
}

int Database::OnBusy(void* self, int attempts) {
  auto& database = *static_cast<Database*>(self);
  if (attempts == 0) database.busy_since_ = std::chrono::steady_clock::now();
  return database.SleepWhileBusy(database.busy_since_) ? 1 : 0;
}

bool Database::SleepWhileBusy(std::chrono::steady_clock::time_point since) {
  if (std::chrono::steady_clock::now() - since >= busy_limit_) return false;
  std::this_thread::sleep_for(std::chrono::microseconds(500 + jitter_() % 1000));
  return true;
}

// SQLite does not call the busy handler where waiting might deadlock, and this switch is such a
// place when several processes open a new file at once.
void Database::UseWriteAheadLog() {
  const auto since = std::chrono::steady_clock::now();
  while (true) {
    const int code = sqlite3_exec(handle_, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) break;
    if ((code & 0xff) != SQLITE_BUSY || !SleepWhileBusy(since)) Fail(code);
  }
  Statement mode(*this, "PRAGMA journal_mode");
  if (mode.Step() && mode.Text(0) == "wal") return;
  throw Error(ErrorKind::kConfig, "the registry " + path_ +
                                      " lies on a file system without shared memory between "
                                      "processes (a network share?); keep it on a local disk");
}

void Database::Execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) Fail(code);
}

int64_t Database::Number(const char* sql) {
  Statement statement(*this, sql);
  return statement.Step() ? statement.Int(0) : 0;
}

int64_t Database::ChangedRows() const {
  return sqlite3_changes64(handle_);
}

int64_t Database::LastRowId() const {
  return sqlite3_last_insert_rowid(handle_);
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.Execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  // SQLite has already rolled back after some failures; what is left open is undone here.
  if (sqlite3_get_autocommit(database_.handle()) == 0) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void Transaction::Commit() {
  database_.Execute("COMMIT");
}

}  // namespace connhost
