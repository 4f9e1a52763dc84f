// What `read` writes to: batches of rows, checkpoints, rejected records.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "arrow_schema.hpp"
#include "columns.hpp"
#include "json.hpp"

namespace connhost::sdk {

// The thin wrapper over connhost_output: every status that says stop becomes Cancelled. Main
// thread.
class Output {
 public:
  explicit Output(const connhost_output* output) : output_(output) {}

  void Schema(const std::vector<Column>& columns) {
    const SchemaHolder schema(columns);
    Check(output_->schema(output_, schema.get()));
  }
  void Emit(ArrowArray* batch, std::string_view origin, uint64_t first) {
    const connhost_origin where{ToText(origin), first};
    Check(output_->emit(output_, batch, &where));
  }
  void Checkpoint(std::string_view state) { Check(output_->checkpoint(output_, ToText(state))); }
  void Reject(std::string_view origin, uint64_t position, std::string_view code,
              std::string_view reason, std::string_view raw) {
    const connhost_rejection rejection{ToText(origin), position, ToText(code), ToText(reason),
                                       ToText(raw)};
    Check(output_->reject(output_, &rejection));
  }
  void Progress(uint64_t done, uint64_t total) { output_->progress(output_, done, total); }

 private:
  static void Check(connhost_status status) {
    if (status != CONNHOST_OK) throw Cancelled{};
  }

  const connhost_output* output_;
};

// Rows of columns known at run time. Append one value to each column, in any order, then EndRow. A
// full batch goes out by itself.
//
//   BatchWriter rows(output, {{"id", Type::kInt64}, {"name", Type::kText}});
//   rows[0].AppendInt64(7);
//   rows[1].AppendText("Zoë");
//   rows.EndRow();
//   rows.Checkpoint(state);   // sends what is left, then the state
class BatchWriter {
 public:
  // Declares the schema at once, so that a stream without rows has one too.
  BatchWriter(Output& output, std::vector<Column> columns)
      : output_(output), columns_(std::move(columns)) {
    for (const Column& column : columns_) buffers_.emplace_back(column.type);
    arrays_.resize(columns_.size());
    pointers_.resize(columns_.size() * 3);
    output_.Schema(columns_);
  }
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;

  ColumnBuffer& operator[](size_t column) { return buffers_[column]; }
  const std::vector<Column>& columns() const { return columns_; }
  uint32_t rows() const { return rows_; }

  // Where the rows that follow come from: the next row is record `next` (from 1) of `name`.
  void SetOrigin(std::string_view name, uint64_t next) {
    if (rows_ > 0) Flush();
    origin_ = name;
    first_ = next;
  }

  void EndRow() { EndRows(1); }

  // Ends `count` rows at once, for writers that fill column by column: each column holds `count`
  // values more. rows() + count is at most kMaxRows.
  void EndRows(uint32_t count) {
    rows_ += count;
    if (rows_ == kMaxRows || bytes() >= kBatchBytes) Flush();
  }

  // Forgets the values of the row that has not ended.
  void AbandonRow() {
    for (ColumnBuffer& buffer : buffers_) buffer.Truncate(rows_);
  }

  // Sends the rows so far. No values may stand in a row that has not ended.
  void Flush() {
    if (rows_ == 0) return;
    std::vector<ArrowArray*> children;
    for (size_t i = 0; i < buffers_.size(); ++i) {
      buffers_[i].Export(&arrays_[i], &pointers_[i * 3]);
      children.push_back(&arrays_[i]);
    }
    const void* no_validity[1] = {nullptr};
    ArrowArray batch{rows_,
                     0,
                     0,
                     1,
                     static_cast<int64_t>(children.size()),
                     no_validity,
                     children.data(),
                     nullptr,
                     Release,
                     nullptr};
    output_.Emit(&batch, origin_, first_);
    if (first_ > 0) first_ += rows_;
    for (ColumnBuffer& buffer : buffers_) buffer.Clear(4 * kBatchBytes);
    rows_ = 0;
  }

  void Checkpoint(const Json& state) {
    Flush();
    output_.Checkpoint(state.Write());
  }

 private:
  uint64_t bytes() const {
    uint64_t sum = 0;
    for (const ColumnBuffer& buffer : buffers_) sum += buffer.bytes();
    return sum;
  }
  static void Release(ArrowArray* batch) { batch->release = nullptr; }

  Output& output_;
  std::vector<Column> columns_;
  std::vector<ColumnBuffer> buffers_;
  std::vector<ArrowArray> arrays_;
  std::vector<const void*> pointers_;
  std::string origin_;
  uint64_t first_ = 0;
  uint32_t rows_ = 0;
};

}  // namespace connhost::sdk
