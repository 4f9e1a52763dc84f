// The destination `bronze`: lands records as NDJSON segments, exactly once.
// docs/formats/bronze.md says what it leaves on disk.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <connhost/destination.hpp>

#include "encoder.h"
#include "file_system.h"
#include "segment_writer.h"
#include "settings.h"
#include "stream_lock.h"
#include "stream_place.h"

namespace connhost::bronze {

class BronzeDestination : public sdk::Destination {
 public:
  BronzeDestination(const sdk::Json& config, sdk::Host host);
  // With file operations of the caller's, who keeps them alive.
  BronzeDestination(const sdk::Json& config, sdk::Host host, FileSystem& files);

  // Makes the folder and proves that files can be made in it.
  void Authenticate() override;
  sdk::Committed Recover(const sdk::StreamTarget& target) override;
  void Open(const std::vector<sdk::Column>& columns) override;
  void Write(const sdk::BatchView& batch, const sdk::BatchInfo& info) override;
  sdk::Receipt Commit(const sdk::CommitRequest& request) override;

 private:
  void StartSegment(uint64_t sequence);
  void BeginCall(const char* call);
  void RefuseOtherSequence(uint64_t sequence) const;

  std::unique_ptr<FileSystem> own_files_;
  FileSystem& files_;
  sdk::Host host_;
  Settings settings_;
  std::optional<StreamLock> lock_;
  std::optional<StreamPlace> place_;
  sdk::StreamTarget target_;
  Encoder encoder_;
  SegmentWriter writer_;
  std::string segment_path_;
  uint64_t sequence_ = 0;  // of the segment that is being written
  uint64_t records_ = 0;   // in it
  bool settled_ = false;   // no call has failed since Recover
};

}  // namespace connhost::bronze
