#include "plugins/csv/scanner.h"

namespace connhost::csv {

void RowIndex::Reset(size_t begin, size_t bytes) {
  // The vector scanner writes eight entries at a time.
  if (separators_.size() < bytes + 16) {
    separators_.resize(bytes + 16);
    row_starts_.resize(bytes + 16);
  }
  separators_[0] = static_cast<uint32_t>(begin) - 1;
  row_starts_[0] = 0;
  separator_count = 1;
  row_count = 0;
}

size_t ScanScalar(const char* text, size_t begin, size_t end, const Dialect& dialect,
                  RowIndex& index) {
  uint32_t* separators = index.mutable_separators();
  uint32_t* row_ends = index.mutable_row_ends();
  bool quoted = false, closed = false, fresh = true;  // fresh: at a field's first byte
  for (size_t i = begin; i < end; ++i) {
    const char c = text[i];
    const bool is_quote = dialect.quoting && c == dialect.quote;
    if (quoted) {
      quoted = !is_quote;
      closed = is_quote;
      continue;
    }
    const bool separates = c == dialect.delimiter || c == '\n';
    if (is_quote) {
      if (!fresh && !closed) return i;
      quoted = true;
    } else if (closed && !separates && c != '\r') {
      return i;
    }
    if (separates) separators[index.separator_count++] = static_cast<uint32_t>(i);
    if (c == '\n') {
      row_ends[index.row_count++] = static_cast<uint32_t>(index.separator_count - 1);
    }
    fresh = separates;
    closed = false;
  }
  return end;
}

ScanFunction BestScan() {
  return HasAvx2() ? ScanAvx2 : ScanScalar;
}

}  // namespace connhost::csv
