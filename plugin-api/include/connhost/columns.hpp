// Columns of a batch: their types, and the buffers an author fills row by row.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "failure.hpp"

namespace connhost::sdk {

inline constexpr uint32_t kMaxRows = 8192;  // rows of a batch
// A batch ends at the row that reaches this. The contract allows 1 MiB; a quarter of it stays in
// the caches of the processors it passes through.
inline constexpr uint64_t kBatchBytes = 1U << 18;

enum class Type {
  kBool,
  kInt64,
  kFloat64,
  kText,
  kBinary,
  kDate,
  kTimestamp,
  kTimestampUtc,
  kDecimal,
  kJson,
  kNumber,
};

struct Column {
  std::string name;
  Type type = Type::kText;
  bool nullable = true;
  int precision = 0;  // decimal, 1 to 38
  int scale = 0;      // decimal, 0 to precision
  // The type in the source's own words, "postgresql:uuid"; "" when there is nothing to add. At most
  // 256 bytes. A destination of the same kind can restore the column as it was.
  std::string native{};
};

constexpr bool IsVariable(Type type) {
  return type == Type::kText || type == Type::kBinary || type == Type::kJson ||
         type == Type::kNumber;
}

// Bytes of one value; 0 for bool (bits) and variable-size types.
inline size_t FixedWidth(Type type) {
  switch (type) {
    case Type::kInt64:
    case Type::kFloat64:
    case Type::kTimestamp:
    case Type::kTimestampUtc:
      return 8;
    case Type::kDate:
      return 4;
    case Type::kDecimal:
      return 16;
    default:
      return 0;
  }
}

// The type's name in catalogs: "int64", "decimal128(12,2)".
inline std::string TypeName(const Column& column) {
  switch (column.type) {
    case Type::kBool:
      return "bool";
    case Type::kInt64:
      return "int64";
    case Type::kFloat64:
      return "float64";
    case Type::kText:
      return "utf8";
    case Type::kBinary:
      return "binary";
    case Type::kDate:
      return "date32";
    case Type::kTimestamp:
      return "timestamp";
    case Type::kTimestampUtc:
      return "timestamptz";
    case Type::kDecimal:
      return "decimal128(" + std::to_string(column.precision) + "," + std::to_string(column.scale) +
             ")";
    case Type::kJson:
      return "json";
    case Type::kNumber:
      return "number";
  }
  return "utf8";
}

// Bytes that grow and keep their room: no allocation once warm.
class Bytes {
 public:
  ~Bytes() { std::free(data_); }
  Bytes() = default;
  Bytes(Bytes&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), capacity_(std::exchange(other.capacity_, 0)) {}
  Bytes& operator=(Bytes&&) = delete;

  uint8_t* data() { return data_; }
  const uint8_t* data() const { return data_; }
  size_t capacity() const { return capacity_; }
  // At least `bytes` of room; the first `kept` bytes stay.
  void Ensure(size_t bytes, size_t kept) {
    if (bytes > capacity_) Grow(bytes, kept);
  }
  void Free() {
    std::free(data_);
    data_ = nullptr;
    capacity_ = 0;
  }

 private:
  void Grow(size_t bytes, size_t kept) {
    const size_t room = bytes + bytes / 2 + 64;
    auto* grown = static_cast<uint8_t*>(std::malloc(room));
    if (grown == nullptr) throw std::bad_alloc();
    if (kept > 0) std::memcpy(grown, data_, kept);
    std::free(data_);
    data_ = grown;
    capacity_ = room;
  }

  uint8_t* data_ = nullptr;
  size_t capacity_ = 0;
};

// The values of one column, row by row. The Append for another type than the column's is undefined;
// BatchWriter checks types where they are bound.
class ColumnBuffer {
 public:
  explicit ColumnBuffer(Type type) : variable_(IsVariable(type)), width_(FixedWidth(type)) {
    validity_.Ensure(kMaxRows / 8, 0);
    std::memset(validity_.data(), 0xFF, kMaxRows / 8);
    if (variable_) {
      offsets_.Ensure((kMaxRows + 1) * sizeof(int32_t), 0);
      offset(0) = 0;
    } else {
      const size_t room = type == Type::kBool ? kMaxRows / 8 : kMaxRows * width_;
      data_.Ensure(room, 0);
      std::memset(data_.data(), 0, room);
    }
  }

  uint32_t rows() const { return rows_; }
  uint64_t bytes() const { return variable_ ? used_ : uint64_t{rows_} * width_; }

  void AppendNull() {
    validity_.data()[rows_ >> 3] &= static_cast<uint8_t>(~(1U << (rows_ & 7)));
    ++nulls_;
    if (variable_) {
      offset(rows_ + 1) = static_cast<int32_t>(used_);
    } else if (width_ > 0) {
      std::memset(data_.data() + rows_ * width_, 0, width_);
    }
    ++rows_;
  }
  void AppendBool(bool value) {
    const auto bit = static_cast<uint8_t>(1U << (rows_ & 7));
    uint8_t& byte = data_.data()[rows_ >> 3];
    byte = static_cast<uint8_t>(value ? byte | bit : byte & ~bit);
    ++rows_;
  }
  void AppendInt64(int64_t value) { AppendFixed(value); }
  void AppendFloat64(double value) { AppendFixed(value); }
  void AppendDate(int32_t days) { AppendFixed(days); }
  // A decimal as its unscaled value, 128-bit two's complement.
  void AppendDecimal(uint64_t low, int64_t high) {
    uint8_t* place = data_.data() + size_t{rows_} * 16;
    std::memcpy(place, &low, 8);
    std::memcpy(place + 8, &high, 8);
    ++rows_;
  }
  void AppendText(std::string_view value) {
    uint8_t* room = Reserve(value.size());
    if (!value.empty()) std::memcpy(room, value.data(), value.size());
    CommitText(value.size());
  }

  // For writers that make the bytes in place: room for `most` bytes, then CommitText(used <= most).
  uint8_t* Reserve(size_t most) {
    if (used_ + most > INT32_MAX) {
      throw Failure(CONNHOST_UNSUPPORTED, "a batch holds more than 2 GiB in one column");
    }
    data_.Ensure(used_ + most, used_);
    return data_.data() + used_;
  }
  void CommitText(size_t used) {
    used_ += used;
    offset(++rows_) = static_cast<int32_t>(used_);
  }

  // Drops what was appended beyond `rows`.
  void Truncate(uint32_t rows) {
    while (rows_ > rows) {
      --rows_;
      uint8_t& byte = validity_.data()[rows_ >> 3];
      const auto bit = static_cast<uint8_t>(1U << (rows_ & 7));
      if ((byte & bit) == 0) --nulls_;
      byte |= bit;
    }
    if (variable_) used_ = static_cast<size_t>(offset(rows_));
  }

  // Empties it; room beyond `keep` bytes is given back.
  void Clear(size_t keep) {
    if (nulls_ > 0) std::memset(validity_.data(), 0xFF, kMaxRows / 8);
    rows_ = nulls_ = 0;
    used_ = 0;
    if (variable_ && data_.capacity() > keep) data_.Free();
  }

  // The Arrow view of what is there; borrowed until the next change.
  void Export(ArrowArray* array, const void** buffers) {
    if (variable_) data_.Ensure(1, 0);  // an empty column still has a data buffer
    buffers[0] = nulls_ > 0 ? validity_.data() : nullptr;
    buffers[1] = variable_ ? offsets_.data() : data_.data();
    buffers[2] = data_.data();
    *array = {rows_, nulls_, 0, variable_ ? 3 : 2, 0, buffers, nullptr, nullptr, Release, nullptr};
  }

 private:
  template <class Value>
  void AppendFixed(Value value) {
    std::memcpy(data_.data() + rows_ * sizeof(Value), &value, sizeof(Value));
    ++rows_;
  }
  int32_t& offset(uint32_t row) { return reinterpret_cast<int32_t*>(offsets_.data())[row]; }
  static void Release(ArrowArray* array) { array->release = nullptr; }

  bool variable_;
  size_t width_;
  uint32_t rows_ = 0;
  uint32_t nulls_ = 0;
  size_t used_ = 0;
  Bytes validity_, offsets_, data_;
};

}  // namespace connhost::sdk
