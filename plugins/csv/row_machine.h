// The grammar of a row, byte by byte: the strict and patient parser behind the fast scanner.
//
// Any bytes make a row: where they break RFC 4180 the first fault is kept and the machine goes on
// as a person would read it, so that the row's end is always well defined. A stray quote counts as
// text; text behind a closing quote turns the field into an unquoted one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "plugins/csv/dialect.h"

namespace connhost::csv {

enum class RowFault {
  kNone,
  kStrayQuote,         // a quote inside an unquoted field
  kTextAfterQuote,     // something between a closing quote and the next separator
  kUnterminatedQuote,  // the file ended inside quotes
};

class RowMachine {
 public:
  enum class Event { kNothing, kFieldEnd, kRowEnd };

  explicit RowMachine(const Dialect& dialect) : dialect_(dialect) {}

  // The next byte; `offset` is kept where a fault or an opening quote needs it.
  Event Next(char c, size_t offset);

  // The text ends here.
  void End() {
    if (state_ == State::kQuoted) Fault(RowFault::kUnterminatedQuote, quote_opened_);
  }

  RowFault fault() const { return fault_; }
  size_t fault_offset() const { return fault_offset_; }  // of the byte at fault
  size_t fault_field() const { return fault_field_; }    // from 0

 private:
  enum class State { kStart, kPlain, kQuoted, kClosed, kBlankAfter, kReturnAfter };

  Event AfterQuote(char c, size_t offset);
  Event Separate(char c);
  void Fault(RowFault fault, size_t offset);
  bool IsBlank(char c) const { return dialect_.trim && (c == ' ' || c == '\t'); }

  const Dialect& dialect_;
  State state_ = State::kStart;
  RowFault fault_ = RowFault::kNone;
  size_t fault_offset_ = 0;
  size_t fault_field_ = 0;
  size_t quote_opened_ = 0;
  size_t field_ = 0;
};

// One parsed row. Reused: its vector keeps its room.
struct ParsedRow {
  bool complete = false;             // false: the text ended first, and more may come
  size_t end = 0;                    // the next row's first byte
  std::vector<uint32_t> separators;  // as in RowIndex: one more than fields
  RowFault fault = RowFault::kNone;
  size_t fault_offset = 0, fault_field = 0;
};

// Parses the row that starts at text[begin]; `at_end`: nothing follows text[end - 1], which then
// ends the row too. `begin` < `end` < 2^32.
void ParseRow(const char* text, size_t begin, size_t end, bool at_end, const Dialect& dialect,
              ParsedRow& row);

}  // namespace connhost::csv
