// Turns the rows of one file into batches, and its bad rows into dead letters.
#pragma once

#include <connhost/output.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/csv/cursor_filter.h"
#include "plugins/csv/row_reader.h"

namespace connhost::csv {

// What the loader needs to know of a file and its stream.
struct LoadPlan {
  std::string file;                  // its name in origins and sentences
  std::vector<int> field_of_column;  // per column of the stream; -1: the file lacks it
  size_t fields = 0;                 // of each record
  FieldRules rules;
  bool fail_on_bad_row = false;
};

// Not thread-safe. `writer` and `output` outlive it.
class TableLoader {
 public:
  // `records` is how many records of the file came before. `filter` may be nullptr.
  TableLoader(LoadPlan plan, RowReader rows, uint64_t records, CursorFilter* filter,
              sdk::Output& output, sdk::BatchWriter& writer);

  // The text begins in the middle of a record whose beginning was loaded before: the file ended
  // there then, without a line end. What is left of it is rejected.
  void ExpectContinuation() { continued_ = true; }

  // Loads the next piece; false at the end. Throws ConfigFailure for a bad row when the plan says
  // so.
  bool Step();

  uint64_t offset() const { return rows_.offset(); }
  uint64_t line() const { return rows_.line(); }
  uint64_t records() const { return records_; }  // read so far, bad ones too

 private:
  void Load(const RowBlock& block);
  void LoadRows(RowBlock block);
  void LoadFiltered(const RowBlock& block);
  size_t Convert(const RowBlock& block, size_t& bad_column);
  void RejectValue(const RowBlock& block, size_t column);
  void RejectContinuation(const Piece& piece);
  void RejectRow(const Piece& piece);
  void Reject(std::string_view code, const std::string& reason, std::string_view raw);
  std::string Place(uint64_t line) const;
  std::string ColumnName(size_t field) const;
  std::string_view RawRow(const RowBlock& block) const;

  LoadPlan plan_;
  RowReader rows_;
  uint64_t records_;
  CursorFilter* filter_;
  sdk::Output& output_;
  sdk::BatchWriter& writer_;
  size_t attempt_ = 64;  // rows to convert at once: shrinks where bad values are
  bool continued_ = false;
  bool new_origin_ = true;  // the next row does not follow the last one of the batch
};

}  // namespace connhost::csv
