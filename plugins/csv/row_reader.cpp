#include "plugins/csv/row_reader.h"

#include <simdjson.h>

#include <algorithm>

#include "plugins/csv/lines.h"

namespace connhost::csv {
namespace {

constexpr uint32_t kFirstRow[2] = {0, 0};

RowIssue IssueOf(RowFault fault) {
  switch (fault) {
    case RowFault::kStrayQuote:
      return RowIssue::kStrayQuote;
    case RowFault::kTextAfterQuote:
      return RowIssue::kTextAfterQuote;
    case RowFault::kUnterminatedQuote:
      return RowIssue::kUnterminatedQuote;
    default:
      return RowIssue::kNone;
  }
}

}  // namespace

bool IsUtf8(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

RowReader::RowReader(Window window, uint64_t line, size_t fields, const Dialect& dialect,
                     const Sizes& sizes)
    : window_(std::move(window)),
      line_(line),
      fields_(fields),
      dialect_(dialect),
      sizes_(sizes),
      scan_(BestScan()),
      slice_(sizes.slice_bytes),
      next_(window_.begin()) {}

uint64_t RowReader::CountLines(size_t from, size_t to) const {
  return CountLineFeeds({window_.data() + from, to - from});
}

bool RowReader::IsBlank(size_t begin, size_t end) const {
  return end == begin || (end == begin + 1 && window_.data()[begin] == '\r');
}

void RowReader::BadRow(RowIssue issue, size_t begin, size_t end, size_t fields) {
  piece_ = {};
  piece_.kind = Piece::Kind::kBadRow;
  piece_.issue = issue;
  piece_.raw = {window_.data() + begin, end - begin};
  if (!piece_.raw.empty() && piece_.raw.back() == '\r') piece_.raw.remove_suffix(1);
  piece_.fields = fields;
  piece_.bytes = end - begin;
  piece_.line = piece_.fault_line = LineOf(window_.data() + begin);
}

void RowReader::ConsumeRows() {
  line_ = line();
  window_.Consume(next_);
}

const Piece& RowReader::Next() {
  while (true) {
    if (row_ < index_.rows()) {
      if (NextFromIndex()) return piece_;
      continue;
    }
    ConsumeRows();
    if (window_.size() == 0) {
      if (!window_.at_end()) window_.Fill();
      next_ = window_.begin();
      if (window_.size() == 0 && window_.at_end()) {
        piece_ = {};
        return piece_;
      }
      continue;
    }
    if (!strict_ && !dialect_.comments && Scan()) continue;
    strict_ = false;
    if (NextStrict()) return piece_;
  }
}

// Fills the index. False: the next row is one for the row parser.
bool RowReader::Scan() {
  const size_t begin = window_.begin();
  const size_t stop = std::min(begin + slice_, window_.end());
  index_.Reset(begin, stop - begin);
  row_ = 0;
  const size_t odd = scan_(window_.data(), begin, stop, dialect_, index_);
  if (index_.rows() > 0) {
    const size_t rows_end = index_.separators()[index_.row_starts()[index_.rows()]] + 1;
    utf8_ = IsUtf8({window_.data() + begin, rows_end - begin});
    slice_ = sizes_.slice_bytes;
    return true;
  }
  if (odd < stop) return false;
  if (stop < window_.end()) {
    slice_ *= 2;
    return true;
  }
  if (window_.at_end() || window_.size() > sizes_.record_bytes) return false;
  window_.Fill();
  next_ = window_.begin();
  return true;
}

// The next run of good rows, or one bad row. False: only blank lines.
bool RowReader::NextFromIndex() {
  const uint32_t* starts = index_.row_starts();
  const uint32_t* separators = index_.separators();
  const auto begin_of = [&](size_t row) { return size_t{separators[starts[row]] + 1}; };
  const auto end_of = [&](size_t row) { return size_t{separators[starts[row + 1]]}; };
  const auto is_good = [&](size_t row) {
    if (starts[row + 1] - starts[row] != fields_) return false;
    return utf8_ || IsUtf8({window_.data() + begin_of(row), end_of(row) - begin_of(row)});
  };
  const size_t first = row_;
  while (row_ < index_.rows() && is_good(row_)) ++row_;
  if (row_ > first) {
    piece_.kind = Piece::Kind::kRows;
    piece_.block = {window_.data(), separators, starts + first, row_ - first};
    next_ = end_of(row_ - 1) + 1;
    return true;
  }
  ++row_;
  const size_t begin = begin_of(first), end = end_of(first);
  const size_t fields = starts[first + 1] - starts[first];
  next_ = end + 1;
  if (fields == 1 && IsBlank(begin, end)) return false;
  BadRow(fields == fields_ ? RowIssue::kInvalidUtf8 : RowIssue::kRagged, begin, end, fields);
  if (fields == fields_) piece_.field = InvalidField(separators + starts[first]);
  return true;
}

// The first field that is not UTF-8 of a row that is not.
size_t RowReader::InvalidField(const uint32_t* separators) const {
  size_t field = 0;
  while (IsUtf8({window_.data() + (separators[field] + 1),
                 separators[field + 1] - (separators[field] + 1)})) {
    ++field;
  }
  return field;
}

// The next row by the row parser. False: nothing to hand out yet.
bool RowReader::NextStrict() {
  index_.Reset(0, 0);
  row_ = 0;
  if (dialect_.comments && window_.data()[window_.begin()] == dialect_.comment) {
    return SkipComment();
  }
  const size_t begin = window_.begin();
  ParseRow(window_.data(), begin, window_.end(), window_.at_end(), dialect_, parsed_);
  if (!parsed_.complete) {
    if (window_.size() > sizes_.record_bytes) {
      SkipOversized();
      return true;
    }
    window_.Fill();
    next_ = window_.begin();
    strict_ = true;
    return false;
  }
  const size_t end = parsed_.separators.back();
  const size_t fields = parsed_.separators.size() - 1;
  next_ = parsed_.end;
  if (parsed_.fault != RowFault::kNone) {
    BadRow(IssueOf(parsed_.fault), begin, end, fields);
    piece_.field = parsed_.fault_field;
    piece_.fault_line = LineOf(window_.data() + parsed_.fault_offset);
    return true;
  }
  if (fields != fields_ && fields == 1 && IsBlank(begin, end)) return false;
  const bool utf8 = IsUtf8({window_.data() + begin, end - begin});
  if (fields != fields_ || !utf8) {
    BadRow(fields != fields_ ? RowIssue::kRagged : RowIssue::kInvalidUtf8, begin, end, fields);
    if (fields == fields_) piece_.field = InvalidField(parsed_.separators.data());
    return true;
  }
  piece_.kind = Piece::Kind::kRows;
  piece_.block = {window_.data(), parsed_.separators.data(), kFirstRow, 1};
  return true;
}

bool RowReader::SkipComment() {
  const std::string_view text(window_.data() + window_.begin(), window_.size());
  const size_t end = text.find('\n');
  next_ = window_.begin() + (end == std::string_view::npos ? text.size() : end + 1);
  if (end != std::string_view::npos || window_.at_end()) return false;
  window_.Fill();
  next_ = window_.begin();
  return false;
}

// Reads past a record that is too large to be held, keeping its first bytes.
void RowReader::SkipOversized() {
  RowMachine machine(dialect_);
  oversized_.assign(window_.data() + window_.begin(), std::min(window_.size(), kRawBytes));
  BadRow(RowIssue::kTooLarge, window_.begin(), window_.begin(), 0);
  uint64_t bytes = 0;
  bool ended = false;
  while (!ended && window_.size() > 0) {
    size_t at = window_.begin();
    while (at < window_.end() && !ended) {
      ended = machine.Next(window_.data()[at], at) == RowMachine::Event::kRowEnd;
      ++at;
    }
    bytes += at - window_.begin();
    next_ = at;
    if (ended) break;
    ConsumeRows();
    if (!window_.at_end()) window_.Fill();
    next_ = window_.begin();
  }
  if (!ended) machine.End();
  if (machine.fault() == RowFault::kUnterminatedQuote) piece_.issue = RowIssue::kUnterminatedQuote;
  piece_.raw = oversized_;
  piece_.bytes = bytes;
  piece_.field = machine.fault_field();
}

}  // namespace connhost::csv
