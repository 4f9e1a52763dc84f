#include <connhost/arrow.h>
#include <connhost/plugin.h>

#include "base/error.h"
#include "host/wire/batch.h"
#include "host/wire/batch_layout.h"
#include "host/wire/byte_writer.h"
#include "host/wire/fault.h"
#include "host/wire/frame.h"

namespace connhost {
namespace {

constexpr char kZeros[8] = {};

[[noreturn]] void Refuse(const std::string& sentence) {
  throw Error(ErrorKind::kInternal, "the emitted batch: " + sentence);
}

[[noreturn]] void Refuse(const Column& column, const std::string& sentence) {
  Refuse("column " + QuoteName(column.name) + ": " + sentence);
}

// Borrows `bytes` and pads them.
void AddPart(const void* data, uint64_t bytes, std::vector<iovec>* parts) {
  if (bytes > 0) parts->push_back({const_cast<void*>(data), bytes});
  const size_t padding = PaddingAfter(bytes);
  if (padding > 0) parts->push_back({const_cast<char*>(kZeros), padding});
}

void CheckTable(const ArrowArray& array, const Schema& schema) {
  if (array.release == nullptr) Refuse("it was released before it was emitted");
  if (array.length < 1 || array.length > kMaxRows) {
    Refuse(std::to_string(array.length) + " rows; expected 1 to " + std::to_string(kMaxRows));
  }
  if (array.offset != 0) {
    Refuse("the array offset is " + std::to_string(array.offset) +
           "; sliced arrays are not taken, emit a copy that starts at 0");
  }
  if (array.n_children < 0 || static_cast<size_t>(array.n_children) != schema.columns.size()) {
    Refuse(std::to_string(array.n_children) + " columns; the schema declared " +
           std::to_string(schema.columns.size()));
  }
  if (array.n_children > 0 && array.children == nullptr) Refuse("the columns are a NULL pointer");
  const bool bitmap =
      array.n_buffers > 0 && array.buffers != nullptr && array.buffers[0] != nullptr;
  if (array.null_count > 0 || (bitmap && array.null_count != 0)) {
    Refuse("a record as a whole is null; only single columns can be");
  }
}

void CheckShape(const ArrowArray* child, const Column& column, int64_t rows) {
  if (child == nullptr) Refuse(column, "the array is a NULL pointer");
  if (child->release == nullptr) Refuse(column, "the array was released before it was emitted");
  if (child->length != rows) {
    Refuse(column, std::to_string(child->length) + " rows; the batch has " + std::to_string(rows));
  }
  if (child->offset != 0) {
    Refuse(column, "the array offset is " + std::to_string(child->offset) +
                       "; sliced arrays are not taken, emit a copy that starts at 0");
  }
  const int64_t buffers = IsVariable(column.type) ? 3 : 2;
  if (child->n_buffers != buffers || child->buffers == nullptr) {
    Refuse(column, std::to_string(child->n_buffers) + " buffers; a column of " + column.TypeName() +
                       " has " + std::to_string(buffers));
  }
  if (child->dictionary != nullptr || child->n_children != 0) {
    Refuse(column, "dictionaries and children are outside the profile; emit plain values");
  }
}

// The true number of nulls: a claim that the bitmap does not bear out would only come to light at
// the other end, as a fault of the protocol.
uint32_t CountNulls(const ArrowArray& child, const Column& column, uint32_t rows) {
  const auto* validity = static_cast<const uint8_t*>(child.buffers[0]);
  const uint32_t nulls = validity == nullptr ? 0 : CountZeroBits(validity, rows);
  if (child.null_count != -1 && child.null_count != nulls) {
    Refuse(column, "the null count is " + std::to_string(child.null_count) +
                       ", but the validity bitmap holds " + std::to_string(nulls));
  }
  if (nulls > 0 && !column.nullable) {
    Refuse(column, std::to_string(nulls) + " nulls, though the schema says that it has none");
  }
  return nulls;
}

uint64_t VariableBytes(const ArrowArray& child, const Column& column, uint32_t rows) {
  const auto* offsets = static_cast<const int32_t*>(child.buffers[1]);
  if (offsets == nullptr) Refuse(column, "the offsets are a NULL pointer");
  if (offsets[0] != 0) {
    Refuse(column, "the first offset is " + std::to_string(offsets[0]) + "; expected 0");
  }
  if (offsets[rows] < 0) {
    Refuse(column, "the last offset is " + std::to_string(offsets[rows]) +
                       "; it counts bytes and cannot be negative");
  }
  return static_cast<uint64_t>(offsets[rows]);
}

ColumnHead AddColumn(const ArrowArray& child, const Column& column, uint32_t rows,
                     std::vector<iovec>* parts) {
  ColumnHead head{};
  head.null_count = CountNulls(child, column, rows);
  if (head.null_count > 0) {
    head.validity_bytes = BitmapBytes(rows);
    AddPart(child.buffers[0], head.validity_bytes, parts);
  }
  head.data_bytes =
      IsVariable(column.type) ? VariableBytes(child, column, rows) : FixedBytes(column.type, rows);
  if (IsVariable(column.type)) {
    AddPart(child.buffers[1], (uint64_t{rows} + 1) * sizeof(int32_t), parts);
  }
  const void* data = child.buffers[child.n_buffers - 1];
  if (data == nullptr && head.data_bytes > 0) Refuse(column, "the data is a NULL pointer");
  AddPart(data, head.data_bytes, parts);
  return head;
}

void CheckTotal(const std::vector<iovec>& parts) {
  uint64_t total = 0;
  for (const iovec& part : parts) total += part.iov_len;
  if (total <= kMaxPayload) return;
  Refuse(std::to_string(total) + " bytes; at most " + std::to_string(kMaxPayload) +
         " are taken: emit fewer rows at once");
}

}  // namespace

const std::vector<iovec>& BatchEncoder::Encode(const ArrowArray& array, const Schema& schema,
                                               const connhost_origin* origin) {
  CheckTable(array, schema);
  const auto rows = static_cast<uint32_t>(array.length);
  BatchHead head{};
  head.rows = rows;
  head.columns = static_cast<uint32_t>(schema.columns.size());
  std::string_view name;
  if (origin != nullptr) {
    head.first = origin->first;
    if (origin->name.size > 0) name = {origin->name.data, origin->name.size};
  }
  if (name.size() > kMaxPayload) Refuse("the origin's name is above the limit of a batch");
  head.origin_bytes = static_cast<uint32_t>(name.size());
  head_.clear();
  AppendBytes(&head_, head);
  parts_.assign(1, iovec{});
  for (size_t i = 0; i < schema.columns.size(); ++i) {
    CheckShape(array.children[i], schema.columns[i], array.length);
    AppendBytes(&head_, AddColumn(*array.children[i], schema.columns[i], rows, &parts_));
  }
  head_.append(name).append(PaddingAfter(name.size()), '\0');
  parts_.front() = {head_.data(), head_.size()};
  CheckTotal(parts_);
  return parts_;
}

}  // namespace connhost
