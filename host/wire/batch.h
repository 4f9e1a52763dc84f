// Batches on the wire. Format: docs/formats/frame.md "Batch". The decoder is a trust border: after
// it returns, every pointer, offset and text may be used without a further check.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/wire/schema.h"

struct ArrowArray;
struct connhost_origin;

namespace connhost {

inline constexpr uint32_t kMaxRows = 8192;

// One column of a decoded batch; pointers into the frame's payload, 8-byte aligned.
struct ColumnView {
  uint32_t null_count = 0;
  const uint8_t* validity = nullptr;  // nullptr when there is no null; bit 1 = present
  const int32_t* offsets = nullptr;   // rows + 1, variable-size types
  const uint8_t* data = nullptr;
  uint64_t data_bytes = 0;

  bool IsNull(uint32_t row) const {
    return validity != nullptr && (validity[row >> 3] >> (row & 7) & 1) == 0;
  }
  std::string_view Text(uint32_t row) const {
    return {reinterpret_cast<const char*>(data) + offsets[row],
            static_cast<size_t>(offsets[row + 1] - offsets[row])};
  }
};

struct BatchView {
  uint32_t rows = 0;
  int64_t emitted_at = 0;
  uint64_t first = 0;  // position of row 0 in its origin, from 1; 0 unknown
  std::string_view origin;
  std::vector<ColumnView> columns;
};

// Checks everything that frame.md lists and fills `batch` (its vector is reused), which borrows
// `payload`. `payload` must be 8-byte aligned. Throws Error{kInternal} "protocol fault: column
// 'name': ..."; the batch is of no use then.
void DecodeBatch(std::string_view payload, const Schema& schema, BatchView* batch);

// Overwrites the emitted-at field of an encoded batch in place.
void StampBatch(char* payload, int64_t emitted_at);

// Encodes an Arrow batch without copying its buffers. Checks what the plugin claims as far as it
// can be seen without reading values (rows, offsets' ends, children, nulls, total size); throws
// Error{kInternal} naming the column. One encoder per worker; reused.
class BatchEncoder {
 public:
  // The payload is the sum of the parts. They borrow from `array` and from the encoder, until the
  // next call. `origin` may be NULL. Releases nothing.
  const std::vector<iovec>& Encode(const ArrowArray& array, const Schema& schema,
                                   const connhost_origin* origin);

 private:
  std::string head_;
  std::vector<iovec> parts_;
};

// A decoded batch as an Arrow array that borrows the payload; `release` frees only the shell, so
// the payload must outlive what is read through `out`. `schema` is the one the batch was decoded
// with.
void BatchToArrow(const BatchView& batch, const Schema& schema, ArrowArray* out);

// Builds the payload of a batch holding only the rows `keep` of `batch` (ascending, without
// repeats, below batch.rows): "" when `keep` is empty, as there is no batch without rows. `first`
// becomes 0 (unknown) unless the kept rows are consecutive, as a batch can only count on from its
// first row.
std::string SelectRows(const BatchView& batch, const Schema& schema,
                       const std::vector<uint32_t>& keep);

}  // namespace connhost
