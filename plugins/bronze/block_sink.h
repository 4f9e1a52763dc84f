// Where the bytes of a segment go, block by block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>

namespace connhost::bronze {

// Bytes that travel at once. A page and every disk's sector divide it.
inline constexpr size_t kBlock = size_t{1} << 20;
// What direct I/O wants addresses, lengths and offsets to be multiples of.
inline constexpr size_t kAlignment = 4096;

// A finished file.
struct Stored {
  uint64_t bytes = 0;
  std::string xxh128;
};

// One thread at a time; a failure leaves only Create and the destructor.
class BlockSink {
 public:
  virtual ~BlockSink() = default;
  // Starts a file anew; one that is not finished is dropped.
  virtual void Create(const std::string& path) = 0;
  // kBlock bytes at an aligned address.
  virtual void Write(const char* block) = 0;
  // The last `size` < kBlock bytes, at an aligned address with room up to kBlock + kAlignment,
  // which may be changed. The file is durable when this returns.
  virtual Stored Finish(char* tail, size_t size) = 0;
  // Closes a file that is not wanted; it stays where it is.
  virtual void Abandon() = 0;
};

// Owns memory at a multiple of kAlignment.
class AlignedBuffer {
 public:
  // `size` is a multiple of kAlignment.
  explicit AlignedBuffer(size_t size)
      : bytes_(static_cast<char*>(std::aligned_alloc(kAlignment, size))) {
    if (bytes_ == nullptr) throw std::bad_alloc();
  }
  char* data() const { return bytes_.get(); }

 private:
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<char, Free> bytes_;
};

}  // namespace connhost::bronze
