// Where a stream's records go: its folder, or, for an overwrite, the folder that will take its
// place. docs/formats/bronze.md, "Overwrite".
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <connhost/destination.hpp>

#include "file_system.h"
#include "stream_folder.h"

namespace connhost::bronze {

// Main thread. The caller holds the stream's lock.
class StreamPlace {
 public:
  // `parent` is PATH/TENANT/CONNECTION and exists.
  StreamPlace(FileSystem& files, std::string parent, const sdk::StreamTarget& target,
              std::string extension);

  // Settles what earlier runs left, chooses the folder and makes it. Answers the last commit.
  sdk::Committed Recover();

  // Where to write and commit; after Recover.
  StreamFolder& folder() { return *folder_; }

  // Commits there; the last commit of an overwrite takes effect.
  void Commit(const sdk::CommitRequest& request, std::optional<Segment> written);

 private:
  enum class Next { kNone, kUnfinished };
  Next SettleNext();
  void RemoveNext();
  void SettleOld();
  void TakeEffect();

  FileSystem& files_;
  sdk::StreamTarget target_;
  std::string parent_, live_, next_, old_, extension_;
  std::unique_ptr<StreamFolder> folder_;
};

}  // namespace connhost::bronze
