#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <connhost/failure.hpp>
#include <vector>

#include "plugins/csv/byte_stream.h"

namespace connhost::csv {
namespace {

[[noreturn]] void ThrowCut(const std::string& name, const char* kind) {
  throw sdk::TransientFailure("'" + name + "' ends in the middle of its " + kind +
                              " data: it is cut short, or still being written");
}

[[noreturn]] void ThrowCorrupt(const std::string& name, const char* kind, const char* detail) {
  throw sdk::ConfigFailure("'" + name + "' is expected to be " + kind + " data, but is damaged: " +
                           detail + "; replace the file, or set 'compression' to what it is");
}

// Compressed bytes in hand.
class Input {
 public:
  explicit Input(std::unique_ptr<ByteStream> stream)
      : stream_(std::move(stream)), buffer_(size_t{1} << 16) {}
  // False at the end. REQUIRES: everything before is used.
  bool Fill() {
    size_ = stream_->Read(buffer_.data(), buffer_.size());
    return size_ > 0;
  }
  char* data() { return buffer_.data(); }
  size_t size() const { return size_; }

 private:
  std::unique_ptr<ByteStream> stream_;
  std::vector<char> buffer_;
  size_t size_ = 0;
};

// One or more gzip members, one after the other.
class Gunzip : public ByteStream {
 public:
  Gunzip(std::unique_ptr<ByteStream> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)) {
    if (inflateInit2(&state_, 15 + 16) != Z_OK) throw std::bad_alloc();
  }
  ~Gunzip() override { inflateEnd(&state_); }

  size_t Read(char* out, size_t room) override {
    state_.next_out = reinterpret_cast<Bytef*>(out);
    state_.avail_out = static_cast<uInt>(std::min<size_t>(room, 1U << 30));
    const uInt asked = state_.avail_out;
    while (state_.avail_out == asked) {
      if (state_.avail_in == 0 && !Refill()) {
        if (within_member_) ThrowCut(name_, "gzip");
        return 0;
      }
      within_member_ = true;
      const int result = inflate(&state_, Z_NO_FLUSH);
      if (result == Z_STREAM_END) {
        within_member_ = false;
        inflateReset(&state_);
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        ThrowCorrupt(name_, "gzip", state_.msg == nullptr ? "unknown fault" : state_.msg);
      }
    }
    return asked - state_.avail_out;
  }

 private:
  bool Refill() {
    if (!input_.Fill()) return false;
    state_.next_in = reinterpret_cast<Bytef*>(input_.data());
    state_.avail_in = static_cast<uInt>(input_.size());
    return true;
  }

  Input input_;
  std::string name_;
  z_stream state_{};
  bool within_member_ = false;
};

class Unzstd : public ByteStream {
 public:
  Unzstd(std::unique_ptr<ByteStream> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)), state_(ZSTD_createDStream()) {
    if (state_ == nullptr) throw std::bad_alloc();
  }
  ~Unzstd() override { ZSTD_freeDStream(state_); }

  size_t Read(char* out, size_t room) override {
    ZSTD_outBuffer output{out, room, 0};
    while (output.pos == 0) {
      if (source_.pos == source_.size && !flushing_) {
        if (!input_.Fill()) {
          if (within_frame_) ThrowCut(name_, "zstd");
          return 0;
        }
        source_ = {input_.data(), input_.size(), 0};
      }
      const size_t result = ZSTD_decompressStream(state_, &output, &source_);
      if (ZSTD_isError(result)) ThrowCorrupt(name_, "zstd", ZSTD_getErrorName(result));
      within_frame_ = result != 0;
      flushing_ = within_frame_ && output.pos == output.size;
    }
    return output.pos;
  }

 private:
  Input input_;
  std::string name_;
  ZSTD_DStream* state_;
  ZSTD_inBuffer source_{nullptr, 0, 0};
  bool within_frame_ = false;
  bool flushing_ = false;  // more output may stand ready without new input
};

}  // namespace

std::unique_ptr<ByteStream> MakeGunzip(std::unique_ptr<ByteStream> input, std::string name) {
  return std::make_unique<Gunzip>(std::move(input), std::move(name));
}

std::unique_ptr<ByteStream> MakeUnzstd(std::unique_ptr<ByteStream> input, std::string name) {
  return std::make_unique<Unzstd>(std::move(input), std::move(name));
}

}  // namespace connhost::csv
