// A segment on disk: written past the page cache where the file system allows (a third of the
// time of a cached write and fdatasync), hashed on the way.
#pragma once

#include "block_sink.h"
#include "checksum.h"
#include "file_system.h"

namespace connhost::bronze {

class SegmentFile : public BlockSink {
 public:
  explicit SegmentFile(FileSystem& files) : files_(files) {}
  void Create(const std::string& path) override;
  void Write(const char* block) override;
  Stored Finish(char* tail, size_t size) override;
  void Abandon() override { file_.Close(); }

 private:
  void AllocateAhead();

  FileSystem& files_;
  File file_;
  Checksum checksum_;
  uint64_t written_ = 0;
  uint64_t allocated_ = 0;
};

}  // namespace connhost::bronze
