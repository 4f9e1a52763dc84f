// Lets through what an earlier read has not had: rows whose cursor column is above the largest
// value seen then, and rows that equal it but were not there. Rows whose cursor is null pass
// always.
#pragma once

#include <connhost/columns.hpp>
#include <connhost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "plugins/csv/convert.h"

namespace connhost::csv {

// A value of the cursor column in its order: numbers by size, times as instants, text by its bytes.
class CursorValue {
 public:
  // False when the text is no value of the type.
  bool Set(std::string_view text, sdk::Type type);
  int Compare(const CursorValue& other) const;
  const std::string& text() const { return text_; }

 private:
  sdk::Type type_ = sdk::Type::kText;
  std::string text_;
  int64_t whole_ = 0;
  double real_ = 0;
};

// One per read. Its state survives between reads:
//   {"column": NAME, "from": VALUE, "seen": [DIGEST...], "max": VALUE, "ties": [DIGEST...]}
// `from` and `seen` (rows that equal it) are what earlier reads had, `max` and `ties` what this one
// has seen so far; the files of one read are all compared with the former. Above kMostTies equal
// rows the digests are given up ("seen_full", "ties_full": true), and the next row that would have
// to be compared with them is refused. Not thread-safe.
class CursorFilter {
 public:
  static constexpr size_t kMostTies = 10000;

  // `state` as written by State(), or null; `since` then is the first value wanted, or "". Throws
  // StaleCursorFailure when the state is of another column or type, ConfigFailure when the type has
  // no order or `since` is not of it.
  CursorFilter(const std::string& column, sdk::Type type, const sdk::Json& state,
               const std::string& since);

  // Where the column is in the rows that follow; `field` -1: they lack it.
  void Use(int field, bool last, const FieldRules& rules);

  const std::string& column() const { return column_; }

  // Judges the one row of `row`, whose bytes are `raw`. Throws ConfigFailure when it cannot tell.
  bool Keeps(const RowBlock& row, std::string_view raw);

  // The read is complete: the next one starts where it ended.
  void EndPass();
  sdk::Json State() const;

 private:
  using Digests = std::unordered_set<uint64_t>;
  void Note(std::string_view raw);

  std::string column_;
  sdk::Type type_;
  bool has_from_ = false, has_max_ = false;
  CursorValue from_, max_, value_;
  Digests seen_, ties_;
  bool seen_full_ = false, ties_full_ = false;
  int field_ = -1;
  bool last_ = false;
  FieldRules rules_;
  std::string scratch_;
};

}  // namespace connhost::csv
