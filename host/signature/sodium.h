// The one way into libsodium, and memory for what must not leak.
#pragma once

#include <cstddef>
#include <string_view>

namespace connhost {

// Prepares libsodium; any number of times, from any thread. Error{kInternal} when it cannot.
void StartSodium();

// Bytes that are locked in memory where the system allows it, fenced by guard pages, and wiped at
// the end of the object's life. Zero at first. Throws std::bad_alloc.
class SecretBytes {
 public:
  explicit SecretBytes(size_t size);
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  ~SecretBytes();

  unsigned char* data() { return data_; }
  const unsigned char* data() const { return data_; }
  size_t size() const { return size_; }
  std::string_view text() const { return {reinterpret_cast<const char*>(data_), size_}; }

 private:
  unsigned char* data_ = nullptr;
  size_t size_ = 0;
};

// Overwrites memory that held a secret in passing.
void Wipe(void* bytes, size_t size);

}  // namespace connhost
