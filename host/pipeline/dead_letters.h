// Records that were read but could not be written, kept for a person to look at. Format:
// docs/formats/dead-letters.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/files.h"

namespace connhost {

struct DeadLetter {
  std::string_view origin;  // "orders.csv", "" unknown
  uint64_t position = 0;    // record number in the origin, from 1; 0 unknown
  std::string_view code;    // ragged_row, invalid_json, ...
  std::string_view reason;  // a sentence
  std::string_view raw;     // the record, any bytes; kept up to 64 KiB
  std::string_view by;      // "csv@1.0.0" or "connhost"
};

// The dead letters of one stream of one run. They become visible with the commit they belong to:
// the file of a sequence is replaced when that sequence is written again, so a repeat doubles
// nothing. One thread. Errors: Error{kTransient} naming the file.
class DeadLetterWriter {
 public:
  // `folder` is HOME/dead-letters/TENANT/CONNECTION.
  DeadLetterWriter(const std::filesystem::path& folder, const std::string& stream,
                   const std::string& run_id);

  // Forgets what was added since the last commit, and removes files beyond `sequence`, the last
  // committed one: they belong to a commit that never happened.
  void Recover(uint64_t sequence);
  void Add(const DeadLetter& letter);
  // Makes the letters added since the last commit durable as those of `sequence`. To be called
  // before the destination commits.
  void Commit(uint64_t sequence);

  uint64_t pending() const { return pending_; }

 private:
  std::filesystem::path folder_;
  std::string run_id_;
  UniqueFd file_;
  uint64_t pending_ = 0;
};

// The folder of a stream's dead letters; the name is made safe for a file system.
std::filesystem::path DeadLetterFolder(const std::filesystem::path& folder,
                                       const std::string& stream);

}  // namespace connhost
