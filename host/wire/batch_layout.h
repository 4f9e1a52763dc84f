// The fixed parts of a batch, as they stand in the payload. Format: docs/formats/frame.md "Batch".
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "host/wire/schema.h"

namespace connhost {

struct BatchHead {
  uint32_t rows;
  uint32_t columns;
  int64_t emitted_at;
  uint64_t first;
  uint32_t origin_bytes;
  uint32_t zero;
};
static_assert(sizeof(BatchHead) == 32);

struct ColumnHead {
  uint32_t null_count;
  uint32_t zero;
  uint64_t validity_bytes;
  uint64_t data_bytes;
};
static_assert(sizeof(ColumnHead) == 24);

// Zero bytes after a part of `bytes`, up to the next multiple of 8.
inline size_t PaddingAfter(uint64_t bytes) {
  return static_cast<size_t>(-bytes & 7);
}

inline uint64_t BitmapBytes(uint32_t rows) {
  return (uint64_t{rows} + 7) / 8;
}

// Of a column of `rows` fixed-size values.
inline uint64_t FixedBytes(ColumnType type, uint32_t rows) {
  return type == ColumnType::kBool ? BitmapBytes(rows) : rows * uint64_t{FixedWidth(type)};
}

// Zero bits among the first `rows` of a bitmap, of which exactly BitmapBytes are read.
inline uint32_t CountZeroBits(const uint8_t* bitmap, uint32_t rows) {
  uint32_t ones = 0;
  for (uint32_t row = 0; row < rows; row += 64) {
    const uint32_t bits = std::min(rows - row, 64U);
    uint64_t word = 0;
    std::memcpy(&word, bitmap + row / 8, BitmapBytes(bits));
    if (bits < 64) word &= (uint64_t{1} << bits) - 1;
    ones += static_cast<uint32_t>(std::popcount(word));
  }
  return rows - ones;
}

}  // namespace connhost
