// The tar inside a package: one zstd frame, unpacked under limits and hashed on the way.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "host/store/byte_source.h"
#include "host/store/package_limits.h"

typedef struct ZSTD_DCtx_s ZSTD_DCtx;

namespace connhost {

// Reads the descriptor with pread from offset 0; neither its position nor its owner changes. Next
// throws Error{kPolicy} naming `package` when the file is not exactly one zstd frame or passes a
// limit, Error{kTransient} when it cannot be read. One thread.
class ZstdSource : public ByteSource {
 public:
  ZstdSource(int fd, std::string package, const PackageLimits& limits);
  ~ZstdSource() override;
  std::string_view Next() override;

  // SHA-256 of the packed bytes; call once, after Next has answered the end.
  std::string FinishDigest() { return digest_.FinishHex(); }

 private:
  bool Fill();  // false at the end of the file
  void CheckStart();
  void CheckLimits() const;

  int fd_;
  std::string package_;
  PackageLimits limits_;
  std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context_;
  std::vector<char> packed_;
  size_t packed_at_ = 0;
  size_t packed_end_ = 0;
  std::vector<char> unpacked_;
  uint64_t packed_total_ = 0;
  uint64_t unpacked_total_ = 0;
  bool frame_done_ = false;
  Sha256 digest_;
};

}  // namespace connhost
