#include "host/conformance/read_record.h"

#include <xxhash.h>

#include <connhost/json_scanner.hpp>

#include "base/error.h"
#include "base/text.h"
#include "host/conformance/check.h"
#include "manifests/finding.h"

namespace connhost {
namespace {

constexpr size_t kMostRows = 10'000'000;
constexpr uint64_t kMostStates = uint64_t{256} << 20;  // bytes

void AppendBytes(std::string* out, std::string_view bytes) {
  const uint64_t size = bytes.size();
  out->append(reinterpret_cast<const char*>(&size), sizeof size);
  out->append(bytes);
}

// One value in a form of its own, null apart from every other.
void AppendValue(std::string* out, const ColumnView& column, ColumnType type, uint32_t row) {
  out->push_back(column.IsNull(row) ? 'n' : 'v');
  if (column.IsNull(row)) return;
  if (IsVariable(type)) return AppendBytes(out, column.Text(row));
  if (type == ColumnType::kBool) {
    out->push_back((column.data[row >> 3] >> (row & 7) & 1) != 0 ? '1' : '0');
    return;
  }
  const size_t width = FixedWidth(type);
  out->append(reinterpret_cast<const char*>(column.data) + row * width, width);
}

template <class Decode>
void Decoding(Decode&& decode) {
  try {
    decode();
  } catch (const Error& fault) {
    throw Broken{fault.what()};
  }
}

}  // namespace

ReadRecorder::ReadRecorder(ReadRecord* record, bool keep_rows)
    : record_(*record), keep_rows_(keep_rows) {}

void ReadRecorder::Take(const Frame& frame) {
  if (frame.type == FrameType::kSchema) TakeSchema(frame);
  if (frame.type == FrameType::kBatch) TakeBatch(frame);
  if (frame.type == FrameType::kCheckpoint) TakeCheckpoint(frame);
  if (frame.type == FrameType::kReject) TakeReject(frame);
}

void ReadRecorder::TakeSchema(const Frame& frame) {
  Decoding([&] { record_.schema = DecodeSchema(frame.payload, frame.argument); });
  record_.has_schema = true;
  guard_ = std::make_unique<DocumentGuard>(record_.schema);
}

void ReadRecorder::TakeBatch(const Frame& frame) {
  if (!record_.has_schema) throw Broken{"a batch came before the schema"};
  Decoding([&] { DecodeBatch(frame.payload, record_.schema, &batch_); });
  record_.bad_documents += guard_->Check(batch_).size();
  record_.records += batch_.rows;
  record_.bytes += frame.payload.size();
  ++record_.batches;
  if (batch_.rows > 1) {
    record_.largest_batch = std::max<uint64_t>(record_.largest_batch, frame.payload.size());
  }
  if (!keep_rows_) return;
  for (uint32_t row = 0; row < batch_.rows; ++row) {
    row_.clear();
    for (size_t i = 0; i < batch_.columns.size(); ++i) {
      AppendValue(&row_, batch_.columns[i], record_.schema.columns[i].type, row);
    }
    Keep(row_);
  }
}

void ReadRecorder::TakeCheckpoint(const Frame& frame) {
  if (!sdk::IsJson(frame.payload) || !IsValidUtf8(frame.payload)) {
    throw Broken{"a checkpoint's state is no JSON document: " + ShownText(frame.payload)};
  }
  if (!keep_rows_) record_.checkpoints.clear();
  state_bytes_ += frame.payload.size();
  if (keep_rows_ && state_bytes_ > kMostStates) {
    throw Skipped{"the states come to more than " + HumanBytes(kMostStates) +
                  "; give --config with fewer records"};
  }
  record_.checkpoints.push_back({std::string(frame.payload), record_.records});
}

void ReadRecorder::TakeReject(const Frame& frame) {
  ++record_.records;
  ++record_.rejected;
  if (!keep_rows_) return;
  row_ = "rejected";
  Decoding([&] {
    const RejectPayload reject = DecodeReject(frame.payload);
    for (const std::string_view part : {reject.origin, reject.code, reject.raw}) {
      AppendBytes(&row_, part);
    }
  });
  Keep(row_ + std::to_string(frame.argument));
}

void ReadRecorder::Keep(const std::string& bytes) {
  if (record_.rows.size() == kMostRows) {
    throw Skipped{"there are more than " + WithThousands(kMostRows) +
                  " records; give --config with fewer"};
  }
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  record_.rows.push_back({hash.high64, hash.low64});
}

}  // namespace connhost
