// The order in which a line is put together: constant text, then a column's value, and so on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <connhost/destination.hpp>

namespace connhost::bronze {

// Bytes that may be read behind every literal, so that short ones are copied without a loop.
inline constexpr size_t kLiteralStride = 32;

// The constant text before a value, and the column the value comes from.
struct Slot {
  uint32_t begin = 0;
  uint32_t size = 0;
  size_t column = 0;
};

// One kind of line: the slots in order, then the text behind the last of them.
struct LinePlan {
  std::string text;  // of all literals, kLiteralStride bytes longer
  std::vector<Slot> slots;
  Slot end;  // its column means nothing

  const char* literal(const Slot& slot) const { return text.data() + slot.begin; }
};

// What the lines of a stream consist of; made once for each schema.
class EnvelopePlan {
 public:
  // ConfigFailure when a key column is not among the columns, if there are any.
  EnvelopePlan(const sdk::StreamTarget& target, const std::vector<sdk::Column>& columns);

  // The column that says upsert or delete.
  std::optional<size_t> op_column() const { return op_column_; }

  // The plan of the lines of one batch with the operation `op`.
  LinePlan ForBatch(std::string_view op, uint64_t sequence, int64_t emitted_at) const;

 private:
  size_t KeyColumn(const sdk::StreamTarget& target, const std::vector<sdk::Column>& columns,
                   size_t index) const;
  void FindOpAndDocument(const std::vector<sdk::Column>& columns);

  std::string head_;  // up to the sequence
  std::optional<size_t> op_column_;
  std::optional<size_t> document_;
  std::optional<size_t> cursor_;
  std::vector<size_t> key_;
  std::vector<std::string> names_;  // of the columns in `data`, as JSON
  std::vector<size_t> data_;
};

}  // namespace connhost::bronze
