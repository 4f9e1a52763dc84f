#include "host/store/zstd_source.h"

#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>

#include "base/text.h"
#include "host/store/refusal.h"

namespace connhost {
namespace {

constexpr size_t kBlock = 65536;
constexpr int kWindowLog = 23;  // 8 MiB of memory at most, whatever the frame asks for
constexpr char kMagic[] = {'\x28', '\xb5', '\x2f', '\xfd'};

}  // namespace

ZstdSource::ZstdSource(int fd, std::string package, const PackageLimits& limits)
    : fd_(fd),
      package_(std::move(package)),
      limits_(limits),
      context_(ZSTD_createDCtx(), ZSTD_freeDCtx),
      packed_(kBlock),
      unpacked_(kBlock) {
  if (!context_) throw Error(ErrorKind::kTransient, "out of memory for a zstd reader");
  ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kWindowLog);
}

ZstdSource::~ZstdSource() = default;

std::string_view ZstdSource::Next() {
  while (!frame_done_) {
    if (packed_at_ == packed_end_ && !Fill()) {
      throw RefusePackage(package_, "it is truncated: the zstd frame has no end");
    }
    ZSTD_inBuffer in{packed_.data(), packed_end_, packed_at_};
    ZSTD_outBuffer out{unpacked_.data(), unpacked_.size(), 0};
    const size_t left = ZSTD_decompressStream(context_.get(), &out, &in);
    if (ZSTD_isError(left)) {
      throw RefusePackage(package_,
                          std::string("its zstd frame is damaged or asks for too much: ") +
                              ZSTD_getErrorName(left));
    }
    packed_at_ = in.pos;
    frame_done_ = left == 0;
    unpacked_total_ += out.pos;
    CheckLimits();
    if (out.pos > 0) return {unpacked_.data(), out.pos};
  }
  if (packed_at_ != packed_end_ || Fill()) {
    throw RefusePackage(package_, "expected its end after the zstd frame, found more bytes");
  }
  return {};
}

bool ZstdSource::Fill() {
  ssize_t got = 0;
  do {
    got = ::pread(fd_, packed_.data(), packed_.size(), static_cast<off_t>(packed_total_));
  } while (got < 0 && errno == EINTR);
  if (got < 0) throw ErrnoError(ErrorKind::kTransient, "read " + package_);
  const bool first = packed_total_ == 0;
  packed_at_ = 0;
  packed_end_ = static_cast<size_t>(got);
  packed_total_ += packed_end_;
  digest_.Update({packed_.data(), packed_end_});
  if (first) CheckStart();
  return packed_end_ > 0;
}

// Without this the library would silently pass over skippable frames.
void ZstdSource::CheckStart() {
  if (packed_end_ < sizeof kMagic || std::memcmp(packed_.data(), kMagic, sizeof kMagic) != 0) {
    throw RefusePackage(package_, "expected a zstd frame at its start, found something else");
  }
}

void ZstdSource::CheckLimits() const {
  if (packed_total_ > limits_.most_bytes || unpacked_total_ > limits_.most_bytes) {
    throw RefusePackage(package_, "it holds more than the " + HumanBytes(limits_.most_bytes) +
                                      " allowed for a package");
  }
  if (unpacked_total_ > limits_.ratio_free_bytes + limits_.most_ratio * packed_total_) {
    throw RefusePackage(package_, "it unpacks to more than " + std::to_string(limits_.most_ratio) +
                                      " times its size, as no honest package does");
  }
}

}  // namespace connhost
