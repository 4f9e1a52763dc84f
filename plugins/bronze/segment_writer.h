// The room records are encoded into, and the way from there into the segment's file.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "block_sink.h"

namespace connhost::bronze {

// Room that Begin always gives.
inline constexpr size_t kRoom = size_t{256} << 10;

// Two buffers in turn: one is filled while the other is written. Main thread.
class SegmentWriter {
 public:
  explicit SegmentWriter(std::unique_ptr<BlockSink> sink);

  // Starts a file; an unfinished one is given up.
  void Start(const std::string& path);
  bool started() const { return started_; }

  // At least kRoom bytes to write to, until End.
  char* Begin() { return current_->data() + used_; }
  // The bytes up to `end` belong to the segment.
  void End(const char* end) {
    used_ = static_cast<size_t>(end - current_->data());
    if (used_ >= kBlock) HandOver();
  }

  // The file, cut to its length and durable.
  Stored Finish();
  // The file stays as it is.
  void Abandon();

 private:
  void HandOver();

  AlignedBuffer one_, other_;
  AlignedBuffer* current_ = &one_;
  size_t used_ = 0;
  bool started_ = false;
  std::unique_ptr<BlockSink> sink_;  // goes first: it may still be reading a buffer
};

}  // namespace connhost::bronze
