// Splits a text into rows: runs of good rows at full speed, and each bad row on its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "plugins/csv/convert.h"
#include "plugins/csv/row_machine.h"
#include "plugins/csv/scanner.h"
#include "plugins/csv/window.h"

namespace connhost::csv {

// How much is handled at a time. Results never depend on it.
struct Sizes {
  size_t read_bytes = size_t{256} << 10;
  size_t slice_bytes = size_t{64} << 10;          // scanned in one go: fits the inner caches
  size_t record_bytes = size_t{16} << 20;         // a longer record is rejected
  uint64_t checkpoint_bytes = uint64_t{1} << 20;  // of text between checkpoints
};

enum class RowIssue {
  kNone,
  kRagged,
  kStrayQuote,
  kTextAfterQuote,
  kUnterminatedQuote,
  kInvalidUtf8,
  kTooLarge,
};

// What RowReader found next. Lives until the next call.
struct Piece {
  enum class Kind { kRows, kBadRow, kEnd } kind = Kind::kEnd;
  RowBlock block{};                  // kRows: good rows, each with the expected number of fields
  RowIssue issue = RowIssue::kNone;  // kBadRow, and what follows
  std::string_view raw;     // its bytes without the line end; at most kRawBytes when kTooLarge
  size_t fields = 0;        // how many there are
  size_t field = 0;         // where the fault is, from 0
  uint64_t line = 0;        // where the record starts, from 1
  uint64_t fault_line = 0;  // where the fault is
  uint64_t bytes = 0;       // of the record
};

inline constexpr size_t kRawBytes = size_t{64} << 10;

// Not thread-safe. Blank lines are skipped where a record has more than one field.
class RowReader {
 public:
  // `line` is that of the window's first byte, from 1. `fields` is what each record must have.
  RowReader(Window window, uint64_t line, size_t fields, const Dialect& dialect,
            const Sizes& sizes);

  const Piece& Next();

  // Behind the last piece.
  uint64_t offset() const { return window_.offset() + (next_ - window_.begin()); }
  uint64_t line() const { return line_ + CountLines(window_.begin(), next_); }
  // The line of a byte of the last piece's block.
  uint64_t LineOf(const char* byte) const {
    return line_ + CountLines(window_.begin(), static_cast<size_t>(byte - window_.data()));
  }

 private:
  uint64_t CountLines(size_t from, size_t to) const;
  void ConsumeRows();
  bool NextFromIndex();
  bool Scan();
  bool NextStrict();
  bool SkipComment();
  void SkipOversized();
  bool IsBlank(size_t begin, size_t end) const;
  size_t InvalidField(const uint32_t* separators) const;
  void BadRow(RowIssue issue, size_t begin, size_t end, size_t fields);

  Window window_;
  uint64_t line_;  // of window_.begin()
  size_t fields_;
  Dialect dialect_;
  Sizes sizes_;
  ScanFunction scan_;
  RowIndex index_;
  size_t row_ = 0;       // the next one of the index
  bool utf8_ = true;     // the rows of the index are UTF-8 throughout
  size_t slice_;         // bytes of the next scan
  size_t next_;          // behind the last piece, in the window
  bool strict_ = false;  // the next row is for the row parser
  ParsedRow parsed_;
  std::string oversized_;
  Piece piece_;
};

bool IsUtf8(std::string_view text);

}  // namespace connhost::csv
