#include "segment_file.h"

#include <fcntl.h>

#include <cstring>

namespace connhost::bronze {

namespace {

constexpr uint64_t kAhead = uint64_t{64} << 20;

}  // namespace

void SegmentFile::Create(const std::string& path) {
  file_ = files_.Open(path, O_WRONLY | O_CREAT | O_TRUNC);
  // Refused by some file systems, which then get cached writes.
  static_cast<void>(::fcntl(file_.fd(), F_SETFL, O_DIRECT));
  checksum_.Reset();
  written_ = allocated_ = 0;
}

void SegmentFile::Write(const char* block) {
  AllocateAhead();
  files_.WriteAt(file_, block, kBlock, written_);
  checksum_.Update(block, kBlock);
  written_ += kBlock;
}

// Fewer and longer extents. A refusal means nothing: the write that follows tells.
void SegmentFile::AllocateAhead() {
  if (written_ == 0 || written_ + kBlock <= allocated_) return;
  static_cast<void>(::fallocate(file_.fd(), 0, static_cast<off_t>(written_), kAhead));
  allocated_ = written_ + kAhead;
}

Stored SegmentFile::Finish(char* tail, size_t size) {
  checksum_.Update(tail, size);
  const size_t padded = (size + kAlignment - 1) / kAlignment * kAlignment;
  std::memset(tail + size, 0, padded - size);
  if (padded > 0) files_.WriteAt(file_, tail, padded, written_);
  written_ += size;
  files_.Truncate(file_, written_);
  files_.Sync(file_);
  file_.Close();
  return {written_, checksum_.Hex()};
}

}  // namespace connhost::bronze
