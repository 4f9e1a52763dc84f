#include "host/wire/frame_buffer.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <string>

#include "base/error.h"

namespace connhost {

FrameBuffer::~FrameBuffer() {
  Release();
}

void FrameBuffer::Release() {
  if (data_ != nullptr) ::munmap(data_, capacity_);
  data_ = nullptr;
  capacity_ = 0;
}

void FrameBuffer::Fit(size_t size) {
  constexpr size_t kSmallest = size_t{64} << 10;
  const bool outsized = capacity_ > kKeep && size <= kKeep;
  if (size <= capacity_ && !outsized) return;
  Release();
  const size_t wanted = std::max(kSmallest, std::bit_ceil(size));
  void* pages = ::mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) {
    throw ErrnoError(ErrorKind::kTransient,
                     "memory for a frame of " + std::to_string(size) + " bytes");
  }
  data_ = static_cast<char*>(pages);
  capacity_ = wanted;
}

}  // namespace connhost
