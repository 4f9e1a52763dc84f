// The memory a channel receives payloads into.
#pragma once

#include <cstddef>

namespace connhost {

// Owns pages taken straight from the kernel, so that shrinking gives memory back at once. Content
// does not survive Fit. Page-aligned.
class FrameBuffer {
 public:
  FrameBuffer() = default;
  FrameBuffer(const FrameBuffer&) = delete;
  FrameBuffer& operator=(const FrameBuffer&) = delete;
  ~FrameBuffer();

  // Makes room for `size` bytes. Room above kKeep is given back as soon as it is not needed.
  // Throws Error{kTransient} when there is no memory.
  void Fit(size_t size);

  char* data() const { return data_; }
  size_t capacity() const { return capacity_; }

  static constexpr size_t kKeep = size_t{4} << 20;

 private:
  void Release();

  char* data_ = nullptr;
  size_t capacity_ = 0;
};

}  // namespace connhost
