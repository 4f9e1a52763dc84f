// What one stream of one run did, in numbers.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "base/json.h"

namespace connhost {

// Figures of committed work only, so that read = written + rejected + filtered holds at any time.
// Bytes read are those of decoded batches; bytes written those the destination stored.
struct StreamFigures {
  std::string stream;
  std::string status = "waiting";  // waiting, running, succeeded, failed, cancelled
  std::string cause_kind;
  std::string cause;
  bool crashed = false;  // the cause is a guest that crashed, hung, or left the protocol
  bool gave_up = false;  // it might work when tried again, but was tried often enough
  uint64_t records_read = 0;
  uint64_t records_written = 0;
  uint64_t records_rejected = 0;
  uint64_t records_filtered = 0;
  uint64_t bytes_read = 0;
  uint64_t bytes_written = 0;
  uint64_t batches = 0;
  uint64_t commits = 0;
  uint64_t sequence = 0;  // of the last commit
  uint64_t attempts = 0;
  int64_t wait_source_micros = 0;
  int64_t wait_destination_micros = 0;
  int64_t pipeline_micros = 0;
  int64_t wall_micros = 0;
  double guest_cpu_seconds = 0;
  uint64_t guest_peak_bytes = 0;  // source and destination together

  bool Balances() const {
    return records_read == records_written + records_rejected + records_filtered;
  }
  JsonValue ToJson(Json* document) const;
};

// What a person watching sees of a running stream; written by its lane, read by any thread.
struct StreamProgress {
  explicit StreamProgress(std::string stream) : name(std::move(stream)) {}

  const std::string name;
  std::atomic<bool> started{false};
  std::atomic<bool> ended{false};
  std::atomic<uint64_t> records{0};  // handed to the destination, committed or not
  std::atomic<uint64_t> bytes{0};
  std::atomic<uint64_t> rejected{0};
  std::atomic<uint64_t> done{0};  // as the source counts, of total
  std::atomic<uint64_t> total{0};
};

}  // namespace connhost
