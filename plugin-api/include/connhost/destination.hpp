// The class an author of a destination derives from, and the batches it is given.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "arrow_schema.hpp"
#include "host.hpp"
#include "json.hpp"

namespace connhost::sdk {

// One column of a batch, read only; lives for the call.
class ColumnView {
 public:
  ColumnView(const ArrowArray& array, bool variable)
      : validity_(static_cast<const uint8_t*>(array.buffers[0])),
        offsets_(variable ? static_cast<const int32_t*>(array.buffers[1]) : nullptr),
        data_(static_cast<const uint8_t*>(array.buffers[variable ? 2 : 1])) {}

  bool IsNull(uint32_t row) const {
    return validity_ != nullptr && (validity_[row >> 3] >> (row & 7) & 1) == 0;
  }
  bool has_nulls() const { return validity_ != nullptr; }
  bool Bool(uint32_t row) const { return (data_[row >> 3] >> (row & 7) & 1) != 0; }
  int64_t Int64(uint32_t row) const { return Fixed<int64_t>(row); }
  double Float64(uint32_t row) const { return Fixed<double>(row); }
  int32_t Date(uint32_t row) const { return Fixed<int32_t>(row); }
  std::string_view Text(uint32_t row) const {
    return {reinterpret_cast<const char*>(data_) + offsets_[row],
            static_cast<size_t>(offsets_[row + 1] - offsets_[row])};
  }
  // The unscaled value of a decimal: low and high half of 128-bit two's complement.
  uint64_t DecimalLow(uint32_t row) const { return Fixed<uint64_t>(2 * row); }
  int64_t DecimalHigh(uint32_t row) const { return Fixed<int64_t>(2 * row + 1); }

 private:
  template <class Value>
  Value Fixed(uint32_t row) const {
    Value value;
    std::memcpy(&value, data_ + size_t{row} * sizeof(Value), sizeof(Value));
    return value;
  }

  const uint8_t* validity_;
  const int32_t* offsets_;
  const uint8_t* data_;
};

class BatchView {
 public:
  BatchView(const ArrowArray& batch, const std::vector<Column>& columns)
      : rows_(static_cast<uint32_t>(batch.length)) {
    columns_.reserve(columns.size());
    for (size_t i = 0; i < columns.size(); ++i) {
      columns_.emplace_back(*batch.children[i], IsVariable(columns[i].type));
    }
  }
  uint32_t rows() const { return rows_; }
  const ColumnView& operator[](size_t column) const { return columns_[column]; }

 private:
  uint32_t rows_;
  std::vector<ColumnView> columns_;
};

// What comes with a batch.
class BatchInfo {
 public:
  explicit BatchInfo(const connhost_batch_info* info) : info_(info) {}
  uint64_t sequence() const { return info_->sequence; }
  int64_t emitted_at() const { return info_->emitted_at; }  // microseconds since 1970 UTC
  // Hands back a row of this batch that is not written.
  void Reject(uint32_t row, std::string_view code, std::string_view reason) const {
    info_->reject(info_, row, ToText(code), ToText(reason));
  }

 private:
  const connhost_batch_info* info_;
};

enum class Mode { kAppend, kUpsert, kOverwrite, kHistory };

// The stream a destination instance writes.
struct StreamTarget {
  std::string tenant, connection, stream, connector, run_id;
  Mode mode = Mode::kAppend;
  std::vector<std::string> key;
  std::string cursor;
  // This run starts at the beginning: an overwrite drops an unfinished one and begins anew. Without
  // it, it goes on from what Recover answers.
  bool restart = false;

  static StreamTarget From(std::string_view text) {
    const Json document = Json::Parse(text, "the stream request");
    StreamTarget target;
    target.tenant = document.GetString("tenant");
    target.connection = document.GetString("connection");
    target.stream = document.GetString("stream");
    target.connector = document.GetString("connector");
    target.run_id = document.GetString("run_id");
    target.key = document.GetStrings("key");
    target.cursor = document.GetString("cursor");
    target.restart = document.GetBool("restart", false);
    const std::string mode = document.GetString("mode", "append");
    if (mode == "overwrite")
      target.mode = Mode::kOverwrite;
    else if (mode == "upsert")
      target.mode = Mode::kUpsert;
    else if (mode == "history")
      target.mode = Mode::kHistory;
    else if (mode != "append")
      throw UnsupportedFailure("the write mode '" + mode + "' is unknown");
    return target;
  }
};

// The last durable commit found by Recover.
struct Committed {
  bool any = false;
  uint64_t sequence = 0;
  std::string state;
};

struct CommitRequest {
  uint64_t sequence = 0;
  std::string_view state;
  bool last = false;
};

struct Receipt {
  uint64_t records = 0;  // written since the last commit, without the rejected ones
  uint64_t bytes = 0;    // as stored
};

// Derived classes have a constructor (const Json& config, Host host). One instance serves one
// stream at a time: Recover, then Open, Write and Commit in the order plugin.h gives. All on the
// main thread.
class Destination {
 public:
  virtual ~Destination() = default;
  virtual void Authenticate() = 0;
  virtual Committed Recover(const StreamTarget& target) = 0;
  virtual void Open(const std::vector<Column>& columns) = 0;
  virtual void Write(const BatchView& batch, const BatchInfo& info) = 0;
  virtual Receipt Commit(const CommitRequest& commit) = 0;
};

}  // namespace connhost::sdk
