// One folder of segments with its marker: the commit protocol of docs/formats/bronze.md, steps 1 to
// 6, and recovery. Knows nothing of how segments are made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <connhost/destination.hpp>

#include "file_system.h"
#include "marker.h"
#include "run_manifest.h"

namespace connhost::bronze {

// Main thread. After a failure of Commit only Recover makes sense.
class StreamFolder {
 public:
  // `extension`: ".ndjson" or ".ndjson.zst". Touches nothing yet.
  StreamFolder(FileSystem& files, const std::string& path, const sdk::StreamTarget& target,
               std::string extension);

  const std::string& path() const { return path_; }

  // Brings the folder to the state of its marker; the folder need not exist.
  void Recover();
  // The last commit, as of Recover or Commit.
  const std::optional<Marker>& committed() const { return committed_; }
  // The generation of this folder's markers as long as it has none.
  void set_generation(uint64_t generation) { generation_ = generation; }

  // Where the records of commit `sequence` are to be written. UnsupportedFailure for a sequence
  // that may not follow the last commit.
  std::string HiddenPath(uint64_t sequence) const;

  // Makes the commit durable. `written` describes the file at HiddenPath, finished and durable;
  // its `file` is filled in here. Nothing: a commit without records.
  void Commit(const sdk::CommitRequest& request, std::optional<Segment> written);

  // The folder has been renamed.
  void MovedTo(const std::string& path);

 private:
  bool IsRepeat(uint64_t sequence) const;
  std::string SegmentName(uint64_t sequence) const;
  std::string HiddenName(const std::string& segment, uint64_t repeat) const;
  void RefuseStranger(const std::string& segment) const;
  Marker MarkerBefore(uint64_t sequence) const;
  void Show();
  void RemoveReplaced();
  void RemoveUncommitted();
  void SettleManifest();

  FileSystem& files_;
  std::string path_;
  sdk::StreamTarget target_;
  std::string extension_;
  std::optional<RunManifest> manifest_;
  std::optional<Marker> committed_;
  uint64_t generation_ = 0;
};

}  // namespace connhost::bronze
