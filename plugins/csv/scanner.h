// Finds the separators of well-formed rows, 64 bytes at a time.
//
// A scan starts at the first byte of a row, keeps track of quotes by parity and lists every
// delimiter and line feed outside quotes. It is no judge of odd input: at the first byte that
// breaks RFC 4180 (a quote inside an unquoted field, text behind a closing quote) it stops, and
// everything it listed before that byte is right. The row parser takes over there. One exception,
// which is left to whoever reads the field: a carriage return behind a closing quote passes.
//
// All implementations give the same answer for the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "plugins/csv/dialect.h"

namespace connhost::csv {

// Bytes behind the end of a scanned text that must be readable; their values do not matter.
inline constexpr size_t kScanPadding = 64;

// Where the separators stand. separators()[0] is one before the first row's first byte (modulo
// 2^32), so that field i of row r lies between the separators row_starts()[r] + i and the next one.
class RowIndex {
 public:
  // Makes room for a scan of `bytes` bytes from `begin` on and forgets the last one.
  void Reset(size_t begin, size_t bytes);

  size_t rows() const { return row_count; }
  const uint32_t* separators() const { return separators_.data(); }
  // Per row the index of the separator before its first field; one more entry than rows.
  const uint32_t* row_starts() const { return row_starts_.data(); }

  // For the scanners: where they write (row ends come behind the first row's start), and how far
  // they got.
  uint32_t* mutable_separators() { return separators_.data(); }
  uint32_t* mutable_row_ends() { return row_starts_.data() + 1; }
  size_t separator_count = 0;
  size_t row_count = 0;

 private:
  std::vector<uint32_t> separators_;
  std::vector<uint32_t> row_starts_;
};

// Scans text[begin, end) into `index`, which was Reset for it. Returns `end`, or the offset of the
// first odd byte. `end` is below 2^32.
using ScanFunction = size_t (*)(const char* text, size_t begin, size_t end, const Dialect& dialect,
                                RowIndex& index);

size_t ScanScalar(const char* text, size_t begin, size_t end, const Dialect& dialect,
                  RowIndex& index);

// REQUIRES: HasAvx2().
size_t ScanAvx2(const char* text, size_t begin, size_t end, const Dialect& dialect,
                RowIndex& index);
bool HasAvx2();

// The fastest one this machine can run.
ScanFunction BestScan();

}  // namespace connhost::csv
