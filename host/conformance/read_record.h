// What one read of a source produced, as far as it can be compared: rows by their digests.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/pipeline/document_guard.h"
#include "host/wire/batch.h"
#include "host/wire/frame.h"
#include "host/wire/schema.h"

namespace connhost {

using RowDigest = std::array<uint64_t, 2>;  // XXH3-128 of a row's values, or of a rejected record

struct CheckpointMark {
  std::string state;
  size_t records = 0;  // emitted or rejected before it
};

struct ReadRecord {
  bool has_schema = false;
  Schema schema;                // the last one
  std::vector<RowDigest> rows;  // emitted and rejected, in order; empty unless they are kept
  uint64_t records = 0;         // emitted and rejected
  uint64_t rejected = 0;
  uint64_t bytes = 0;  // of batches
  uint64_t batches = 0;
  uint64_t largest_batch = 0;  // bytes, of those with more than one row
  uint64_t bad_documents = 0;  // json or number values that are none
  std::vector<CheckpointMark> checkpoints;

  bool stopped = false;          // the kit told it to end
  bool ended_cancelled = false;  // and it answered CANCELLED
  int64_t cancel_millis = 0;     // between the two
};

// Fills a record frame by frame. Throws Broken when a frame breaks the rules of a read: a batch
// outside the profile or before its schema, a state that is no JSON document.
class ReadRecorder {
 public:
  // `keep_rows`: digests and all checkpoints are kept, at most ten million and 256 MiB; Skipped
  // above that. Else the last checkpoint alone.
  ReadRecorder(ReadRecord* record, bool keep_rows);
  void Take(const Frame& frame);

 private:
  void TakeSchema(const Frame& frame);
  void TakeBatch(const Frame& frame);
  void TakeCheckpoint(const Frame& frame);
  void TakeReject(const Frame& frame);
  void Keep(const std::string& bytes);

  ReadRecord& record_;
  bool keep_rows_;
  std::unique_ptr<DocumentGuard> guard_;
  BatchView batch_;
  std::string row_;
  uint64_t state_bytes_ = 0;
};

}  // namespace connhost
