// The part of a text that is in memory: unread bytes, filled up from a stream.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "plugins/csv/byte_stream.h"
#include "plugins/csv/scanner.h"

namespace connhost::csv {

// Reads `read_bytes` at a time and grows when a record needs more. Behind end() there are always
// kScanPadding readable bytes. Offsets are of the whole text.
class Window {
 public:
  Window(std::unique_ptr<ByteStream> stream, uint64_t offset, size_t read_bytes)
      : stream_(std::move(stream)), read_bytes_(read_bytes), offset_(offset) {}

  const char* data() const { return data_.get(); }
  size_t begin() const { return begin_; }
  size_t end() const { return end_; }
  size_t size() const { return end_ - begin_; }
  bool at_end() const { return at_end_; }      // nothing follows end()
  uint64_t offset() const { return offset_; }  // of begin()
  void Consume(size_t until) {                 // begin() <= until <= end()
    offset_ += until - begin_;
    begin_ = until;
  }

  // Gets more behind end(); begin() moves to 0.
  void Fill() {
    const size_t kept = size();
    // A record that does not fit doubles it, so that a long one is not looked at too often.
    const size_t wanted = std::max(read_bytes_, kept);
    MakeRoom(kept, wanted);
    begin_ = 0;
    end_ = kept;
    const size_t got = stream_->Read(data_.get() + end_, wanted);
    at_end_ = got == 0;
    end_ += got;
  }

 private:
  void MakeRoom(size_t kept, size_t wanted) {
    const size_t needed = kept + wanted + kScanPadding;
    if (needed <= room_) {
      std::memmove(data_.get(), data_.get() + begin_, kept);
      return;
    }
    std::unique_ptr<char[]> grown(new char[needed]());
    if (kept > 0) std::memcpy(grown.get(), data_.get() + begin_, kept);
    data_ = std::move(grown);
    room_ = needed;
  }

  std::unique_ptr<ByteStream> stream_;
  std::unique_ptr<char[]> data_;
  size_t room_ = 0, begin_ = 0, end_ = 0;
  size_t read_bytes_;
  uint64_t offset_;
  bool at_end_ = false;
};

}  // namespace connhost::csv
