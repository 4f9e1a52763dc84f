#include "plugins/ndjson/byte_input.h"

#include <zlib.h>
#include <zstd.h>

#include <connhost/failure.hpp>
#include <vector>

namespace connhost::ndjson {

namespace {

class PlainInput : public ByteInput {
 public:
  PlainInput(const SourceFile& file, uint64_t offset) : file_(file), offset_(offset) {}
  size_t Read(char* room, size_t bytes) override {
    const size_t got = file_.ReadAt(offset_, room, bytes);
    offset_ += got;
    return got;
  }
  uint64_t taken() const override { return offset_; }

 private:
  const SourceFile& file_;
  uint64_t offset_;
};

// What both unpackers share: the packed bytes and the sentences.
class PackedInput : public ByteInput {
 public:
  explicit PackedInput(const SourceFile& file) : file_(file), packed_(size_t{128} << 10) {}
  uint64_t taken() const override { return offset_; }

 protected:
  // False at the end of the file.
  bool Refill() {
    begin_ = 0;
    end_ = file_.ReadAt(offset_, packed_.data(), packed_.size());
    offset_ += end_;
    return end_ > 0;
  }
  [[noreturn]] void Damaged(const std::string& format, const std::string& why) const {
    throw sdk::ConfigFailure("'" + file_.path() + "' holds damaged " + format + " data near byte " +
                             std::to_string(offset_ - (end_ - begin_)) + ": " + why +
                             "; replace the file");
  }
  [[noreturn]] void CutShort(const std::string& format) const {
    throw sdk::TransientFailure("'" + file_.path() + "' ends at byte " + std::to_string(offset_) +
                                " in the middle of " + format +
                                " data: it is still being written, or was cut");
  }

  const SourceFile& file_;
  std::vector<char> packed_;
  size_t begin_ = 0, end_ = 0;  // the unread part of packed_
  uint64_t offset_ = 0;
};

// One or more gzip members, zero padding behind the last allowed.
class GzipInput : public PackedInput {
 public:
  explicit GzipInput(const SourceFile& file) : PackedInput(file) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw std::bad_alloc();
  }
  ~GzipInput() override { inflateEnd(&stream_); }

  size_t Read(char* room, size_t bytes) override {
    stream_.next_out = reinterpret_cast<Bytef*>(room);
    stream_.avail_out = static_cast<uInt>(bytes);
    while (stream_.avail_out > 0 && !padding_) {
      if (begin_ == end_ && !Refill()) {
        if (inside_) CutShort("gzip");
        break;
      }
      if (!inside_ && members_ > 0 && packed_[begin_] == 0) {
        SkipPadding();
      } else {
        Inflate();
      }
    }
    return bytes - stream_.avail_out;
  }

 private:
  void Inflate() {
    stream_.next_in = reinterpret_cast<Bytef*>(packed_.data() + begin_);
    stream_.avail_in = static_cast<uInt>(end_ - begin_);
    inside_ = true;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    begin_ = end_ - stream_.avail_in;
    if (result == Z_STREAM_END) {
      inside_ = false;
      ++members_;
      inflateReset(&stream_);
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      Damaged("gzip", stream_.msg == nullptr ? "not gzip" : stream_.msg);
    }
  }
  void SkipPadding() {
    do {
      for (; begin_ < end_; ++begin_) {
        if (packed_[begin_] != 0) Damaged("gzip", "bytes behind the zero padding");
      }
    } while (Refill());
    padding_ = true;
  }

  z_stream stream_{};
  bool inside_ = false, padding_ = false;
  uint64_t members_ = 0;
};

// One or more zstd frames.
class ZstdInput : public PackedInput {
 public:
  explicit ZstdInput(const SourceFile& file) : PackedInput(file), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }
  ~ZstdInput() override { ZSTD_freeDStream(stream_); }

  size_t Read(char* room, size_t bytes) override {
    ZSTD_outBuffer out{room, bytes, 0};
    bool flushed = false;  // the decoder may hold output although all input was taken
    while (out.pos < out.size) {
      if (begin_ == end_ && flushed && !Refill()) {
        if (wanted_ != 0) CutShort("zstd");
        break;
      }
      ZSTD_inBuffer in{packed_.data(), end_, begin_};
      const size_t before = out.pos;
      if (begin_ < end_ || wanted_ != 0) {
        wanted_ = ZSTD_decompressStream(stream_, &out, &in);
        if (ZSTD_isError(wanted_) != 0) Damaged("zstd", ZSTD_getErrorName(wanted_));
      }
      begin_ = in.pos;
      flushed = out.pos == before || out.pos < out.size;
    }
    return out.pos;
  }

 private:
  ZSTD_DStream* stream_;
  size_t wanted_ = 0;  // 0: between frames
};

}  // namespace

std::unique_ptr<ByteInput> OpenInput(const SourceFile& file, Compression compression,
                                     uint64_t offset) {
  if (compression == Compression::kGzip) return std::make_unique<GzipInput>(file);
  if (compression == Compression::kZstd) return std::make_unique<ZstdInput>(file);
  return std::make_unique<PlainInput>(file, offset);
}

Compression DetectCompression(const SourceFile& file) {
  char head[4];
  const std::string_view bytes(head, file.ReadAt(0, head, sizeof head));
  if (bytes.starts_with("\x1f\x8b")) return Compression::kGzip;
  if (bytes == "\x28\xb5\x2f\xfd") return Compression::kZstd;
  return Compression::kNone;
}

}  // namespace connhost::ndjson
