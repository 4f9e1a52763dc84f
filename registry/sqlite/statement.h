// One prepared SQL statement with its values bound: an owner over sqlite3_stmt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace connhost {

class Database;

// Serves one thread; must not outlive its Database. Every failure is the Error that the Database
// makes of it (database_error.h).
//
//   Statement query(database, "SELECT name FROM t WHERE id = ?", id);
//   while (query.Step()) use(query.Text(0));
class Statement {
 public:
  // Binds `values` (integers, booleans, text) in order from the first parameter; copies them.
  template <typename... Values>
  Statement(Database& database, std::string_view sql, const Values&... values)
      : Statement(database, sql, Unbound()) {
    int index = 0;
    (Bind(++index, values), ...);
  }
  Statement(Statement&&) = delete;
  ~Statement();

  void Bind(int index, int64_t value);  // index from 1
  void Bind(int index, std::string_view value);

  bool Step();  // true: there is a row to read; false: the statement is done
  void Run();   // steps to the end

  // The current row's columns, from 0. NULL reads as 0 and "".
  int64_t Int(int column) const;
  bool Bool(int column) const { return Int(column) != 0; }
  std::string Text(int column) const;

 private:
  struct Unbound {};
  Statement(Database& database, std::string_view sql, Unbound);
  void Check(int code) const;

  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace connhost
