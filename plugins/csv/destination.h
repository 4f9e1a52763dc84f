// The destination: one file per stream, exactly once.
//
// In the folder `path`, for a stream S:
//   S.csv                the data
//   .S.csv.commit        the marker of its last commit
//   .S.csv.next          the data of an overwrite that is not complete
//   .S.csv.next.commit   the marker of its last commit
//   .S.csv.lock          locked by the instance that writes
// A commit makes the data durable, then replaces the marker; the marker counts. How an overwrite
// takes effect and what a crash leaves is in README.md.
#pragma once

#include <connhost/destination.hpp>
#include <string>
#include <vector>

#include "plugins/csv/commit_marker.h"
#include "plugins/csv/row_writer.h"

namespace connhost::csv {

// Main thread.
class CsvDestination : public sdk::Destination {
 public:
  CsvDestination(const sdk::Json& config, sdk::Host host);
  CsvDestination(CsvDestination&&) = delete;
  ~CsvDestination() override;

  void Authenticate() override;
  sdk::Committed Recover(const sdk::StreamTarget& target) override;
  void Open(const std::vector<sdk::Column>& columns) override;
  void Write(const sdk::BatchView& batch, const sdk::BatchInfo& info) override;
  sdk::Receipt Commit(const sdk::CommitRequest& commit) override;

 private:
  void MakeFolder() const;
  void Lock(const std::string& path);
  void FinishOverwrite();
  void OpenData(const std::string& path);
  void StartOverwrite();
  void TruncateTo(uint64_t bytes);
  void WriteHeader();
  void Drain();
  void MapColumns(const std::vector<sdk::Column>& columns);

  std::string folder_;
  bool header_;
  RowWriter writer_;
  int lock_ = -1;
  int data_ = -1;
  std::string final_path_, final_marker_, next_path_, next_marker_;
  std::string data_path_, marker_path_;  // what is being written
  bool overwrite_ = false;
  CommitMarker marker_;               // of the last commit of what is being written
  std::vector<sdk::Column> columns_;  // of the batches
  std::vector<int> order_;
  std::string buffer_;
  uint64_t bytes_ = 0;    // of the data file, with the buffer
  uint64_t records_ = 0;  // since the last commit
};

}  // namespace connhost::csv
