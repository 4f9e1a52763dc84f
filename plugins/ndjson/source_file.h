// One opened input file: positioned reads, and the mark that recognises it in a later run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace connhost::ndjson {

// Owns the descriptor. One thread at a time.
class SourceFile {
 public:
  // Throws ConfigFailure when it cannot be opened or is no regular file.
  explicit SourceFile(std::string path);
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;
  ~SourceFile();

  const std::string& path() const { return path_; }
  // Bytes when it was opened; what is appended later is for the next run.
  uint64_t size() const { return size_; }

  // Fills the room from `offset` on, up to size(); fewer bytes only at the end. Throws
  // TransientFailure when the disk refuses or the file was cut meanwhile.
  size_t ReadAt(uint64_t offset, char* room, size_t bytes) const;

  // 16 hex digits over the first and the last KiB of the first `length` bytes: the same while a
  // file only grows, another when it was replaced or rewritten at its ends.
  std::string Mark(uint64_t length) const;

 private:
  std::string path_;
  int fd_ = -1;
  uint64_t size_ = 0;
};

}  // namespace connhost::ndjson
