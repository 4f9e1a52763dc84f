#include "plugins/csv/row_machine.h"

namespace connhost::csv {

void RowMachine::Fault(RowFault fault, size_t offset) {
  if (fault_ != RowFault::kNone) return;
  fault_ = fault;
  fault_offset_ = offset;
  fault_field_ = field_;
}

RowMachine::Event RowMachine::Separate(char c) {
  state_ = State::kStart;
  if (c == '\n') return Event::kRowEnd;
  ++field_;
  return Event::kFieldEnd;
}

RowMachine::Event RowMachine::AfterQuote(char c, size_t offset) {
  if (c == '\r' && state_ != State::kReturnAfter) {
    state_ = State::kReturnAfter;
  } else if (IsBlank(c) && state_ != State::kReturnAfter) {
    state_ = State::kBlankAfter;
  } else {
    Fault(RowFault::kTextAfterQuote, offset);
    state_ = State::kPlain;
  }
  return Event::kNothing;
}

RowMachine::Event RowMachine::Next(char c, size_t offset) {
  const bool is_quote = dialect_.quoting && c == dialect_.quote;
  if (state_ == State::kQuoted) {
    if (is_quote) state_ = State::kClosed;
    return Event::kNothing;
  }
  if (state_ == State::kClosed && is_quote) {
    state_ = State::kQuoted;
    return Event::kNothing;
  }
  const bool after_return = state_ == State::kReturnAfter;
  if (c == '\n' || (c == dialect_.delimiter && !after_return)) return Separate(c);
  if (after_return && c == dialect_.delimiter) {
    Fault(RowFault::kTextAfterQuote, offset - 1);
    return Separate(c);
  }
  if (state_ == State::kStart) {
    if (is_quote) {
      state_ = State::kQuoted;
      quote_opened_ = offset;
    } else if (!IsBlank(c)) {
      state_ = State::kPlain;
    }
    return Event::kNothing;
  }
  if (state_ != State::kPlain) return AfterQuote(c, offset);
  if (is_quote) Fault(RowFault::kStrayQuote, offset);
  return Event::kNothing;
}

void ParseRow(const char* text, size_t begin, size_t end, bool at_end, const Dialect& dialect,
              ParsedRow& row) {
  RowMachine machine(dialect);
  row.separators.assign(1, static_cast<uint32_t>(begin) - 1);
  row.complete = false;
  size_t at = begin;
  while (at < end && !row.complete) {
    const RowMachine::Event event = machine.Next(text[at], at);
    if (event != RowMachine::Event::kNothing) row.separators.push_back(static_cast<uint32_t>(at));
    row.complete = event == RowMachine::Event::kRowEnd;
    ++at;
  }
  if (!row.complete && at_end) {
    machine.End();
    row.separators.push_back(static_cast<uint32_t>(end));
    row.complete = true;
  }
  row.end = at;
  row.fault = machine.fault();
  row.fault_offset = machine.fault_offset();
  row.fault_field = machine.fault_field();
}

}  // namespace connhost::csv
