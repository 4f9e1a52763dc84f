// Arrow batches for the tests, built value by value.
#pragma once

#include <connhost/arrow.h>
#include <connhost/plugin.h>

#include <deque>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "host/wire/batch.h"

namespace connhost {

// One cell as the bytes that stand for it: text as is, fixed-size values in native order, bool as
// "\0" or "\1"; nullopt is null.
using Cell = std::optional<std::string>;

std::string BytesOf(int64_t value);

// A batch and the Arrow structs that point into it. Not to be moved: the structs borrow.
class TestBatch {
 public:
  TestBatch(Schema schema, const std::vector<std::vector<Cell>>& columns);
  TestBatch(const TestBatch&) = delete;
  TestBatch& operator=(const TestBatch&) = delete;

  const Schema& schema() const { return schema_; }
  ArrowArray& array() { return array_; }
  ArrowArray& child(size_t column) { return children_[column]; }
  // The encoded payload, joined.
  std::string Payload(const connhost_origin* origin = nullptr);

 private:
  struct Buffers {
    std::vector<uint8_t> validity;
    std::vector<int32_t> offsets;
    std::string data;
    std::vector<const void*> pointers;
  };
  void Fill(ColumnType type, const std::vector<Cell>& cells);

  Schema schema_;
  std::deque<Buffers> buffers_;
  std::deque<ArrowArray> children_;
  std::vector<ArrowArray*> pointers_;
  const void* no_validity_ = nullptr;
  ArrowArray array_{};
};

// One nullable column of every type, named after the type.
Schema EveryType();
std::vector<std::vector<Cell>> RandomCells(const Schema& schema, uint32_t rows, uint32_t seed);

// One column named "c".
Schema OneColumn(ColumnType type, bool nullable = true);

std::string Join(const std::vector<iovec>& parts);

// What the cell (column, row) of a decoded batch holds, in the form of Cell.
Cell CellOf(const ColumnView& view, const Column& column, uint32_t row);

// The same bytes in memory of exactly their size, aligned for DecodeBatch.
class ExactCopy {
 public:
  explicit ExactCopy(std::string_view bytes)
      : size_(bytes.size()), bytes_(bytes.begin(), bytes.end()) {
    bytes_.shrink_to_fit();
  }
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  size_t size_;
  std::vector<char> bytes_;
};

}  // namespace connhost
