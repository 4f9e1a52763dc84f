// An SQLite connection opened the way the registry needs it, and its write transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>
#include <string>

struct sqlite3;

namespace connhost {

// Write-ahead log, fsync at every commit, foreign keys enforced. Serves one thread; other
// connections, of this process or of others, may hold the same file open.
//
// A locked file is waited for by sleeps of about a millisecond, of random length: SQLite's own busy
// timeout backs off to long ones, which starve whoever came first; with much shorter ones fifty
// waiting processes starve the one that holds the lock. Closing leaves the log for the next opener
// instead of copying it back, which would cost every short command two fsyncs.
class Database {
 public:
  // Opens, and creates the file when there is none; waits `busy_limit` for one lock at most.
  explicit Database(const std::string& path,
                    std::chrono::milliseconds busy_limit = std::chrono::seconds(30));
  Database(Database&&) = delete;
  ~Database();

  // Switches the file to the write-ahead log (it stays so for ever); cheap when it is already.
  void UseWriteAheadLog();

  void Execute(const char* sql);    // statements without parameters or results
  int64_t Number(const char* sql);  // the first column of the first row, 0 without one
  int64_t ChangedRows() const;      // by the last INSERT, UPDATE or DELETE
  int64_t LastRowId() const;

  sqlite3* handle() const { return handle_; }
  const std::string& path() const { return path_; }
  [[noreturn]] void Fail(int code) const;  // throws the Error of an SQLite result code

 private:
  static int OnBusy(void* self, int attempts);
  bool SleepWhileBusy(std::chrono::steady_clock::time_point since);  // false: the limit passed

  std::string path_;
  std::chrono::milliseconds busy_limit_;
  std::chrono::steady_clock::time_point busy_since_;
  std::minstd_rand jitter_;
  sqlite3* handle_ = nullptr;
};

// A write transaction: takes the write lock at once (BEGIN IMMEDIATE), so that nothing read inside
// can be out of date when it is written; undone at the end of its life unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(Transaction&&) = delete;
  ~Transaction();
  void Commit();  // durable on return

 private:
  Database& database_;
};

}  // namespace connhost
