#include "host/signature/sodium.h"

#include <sodium.h>

#include <new>
#include <utility>

#include "base/error.h"

namespace connhost {

void StartSodium() {
  static const int state = ::sodium_init();
  if (state < 0) {
    throw Error(ErrorKind::kInternal, "libsodium cannot start: the system gives no random bytes");
  }
}

SecretBytes::SecretBytes(size_t size) : size_(size) {
  StartSodium();
  data_ = static_cast<unsigned char*>(::sodium_malloc(size));
  if (data_ == nullptr) throw std::bad_alloc();
  ::sodium_memzero(data_, size);
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

SecretBytes::~SecretBytes() {
  ::sodium_free(data_);
}

void Wipe(void* bytes, size_t size) {
  ::sodium_memzero(bytes, size);
}

}  // namespace connhost
