// Compresses a segment on its way to the file: one zstd frame of level 1 with a content checksum.
#pragma once

#include <zstd.h>

#include <memory>

#include "segment_file.h"

namespace connhost::bronze {

class ZstdSink : public BlockSink {
 public:
  explicit ZstdSink(FileSystem& files);
  void Create(const std::string& path) override;
  void Write(const char* block) override;
  Stored Finish(char* tail, size_t size) override;
  void Abandon() override { file_.Abandon(); }

 private:
  void Compress(const char* bytes, size_t size, ZSTD_EndDirective directive);

  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  std::unique_ptr<ZSTD_CCtx, Free> context_;
  SegmentFile file_;
  AlignedBuffer out_;
  size_t used_ = 0;
};

}  // namespace connhost::bronze
