// XXH128 of bytes that come in pieces, in the digits that xxh128sum prints.
#pragma once

#include <xxhash.h>

#include <cstddef>
#include <memory>
#include <new>
#include <string>

namespace connhost::bronze {

// One thread at a time.
class Checksum {
 public:
  Checksum() : state_(XXH3_createState()) {
    if (state_ == nullptr) throw std::bad_alloc();
    Reset();
  }
  void Reset() { XXH3_128bits_reset(state_.get()); }
  void Update(const char* bytes, size_t size) { XXH3_128bits_update(state_.get(), bytes, size); }
  // 32 lower-case hex digits, most significant first.
  std::string Hex() const {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_.get()));
    std::string hex;
    for (const unsigned char byte : canonical.digest) {
      hex += "0123456789abcdef"[byte >> 4];
      hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
  }

 private:
  struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };
  std::unique_ptr<XXH3_state_t, Free> state_;
};

}  // namespace connhost::bronze
