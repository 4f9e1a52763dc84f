#include "zstd_sink.h"

#include <string>

#include <connhost/failure.hpp>

namespace connhost::bronze {

namespace {

constexpr int kLevel = 1;

size_t Checked(size_t result) {
  if (ZSTD_isError(result) != 0) {
    throw sdk::Failure(CONNHOST_INTERNAL, std::string("zstd cannot compress the segment: ") +
                                              ZSTD_getErrorName(result));
  }
  return result;
}

}  // namespace

ZstdSink::ZstdSink(FileSystem& files)
    : context_(ZSTD_createCCtx()), file_(files), out_(kBlock + kAlignment) {
  if (context_ == nullptr) throw std::bad_alloc();
  Checked(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel));
  Checked(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1));
}

void ZstdSink::Create(const std::string& path) {
  Checked(ZSTD_CCtx_reset(context_.get(), ZSTD_reset_session_only));
  used_ = 0;
  file_.Create(path);
}

void ZstdSink::Write(const char* block) {
  Compress(block, kBlock, ZSTD_e_continue);
}

void ZstdSink::Compress(const char* bytes, size_t size, ZSTD_EndDirective directive) {
  ZSTD_inBuffer in{bytes, size, 0};
  size_t left = 0;
  do {
    ZSTD_outBuffer out{out_.data(), kBlock, used_};
    left = Checked(ZSTD_compressStream2(context_.get(), &out, &in, directive));
    used_ = out.pos;
    if (used_ == kBlock) {
      file_.Write(out_.data());
      used_ = 0;
    }
  } while (directive == ZSTD_e_end ? left > 0 : in.pos < in.size);
}

Stored ZstdSink::Finish(char* tail, size_t size) {
  Compress(tail, size, ZSTD_e_end);
  return file_.Finish(out_.data(), used_);
}

}  // namespace connhost::bronze
