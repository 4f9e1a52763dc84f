#include "base/hash.h"

// The plain functions, linked statically: EVP looks up providers first and libcrypto.so takes a
// millisecond to relocate, in every guest.
#define OPENSSL_API_COMPAT 0x10100000L
#include <openssl/sha.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"

namespace connhost {

struct Sha256::State {
  SHA256_CTX context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  SHA256_Init(&state_->context);
}

Sha256::~Sha256() = default;

void Sha256::Update(std::string_view bytes) {
  SHA256_Update(&state_->context, bytes.data(), bytes.size());
}

std::string Sha256::FinishHex() {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_Final(digest, &state_->context);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

std::string Sha256Hex(std::string_view bytes) {
  Sha256 hash;
  hash.Update(bytes);
  return hash.FinishHex();
}

std::string Sha256OfFd(int fd, const std::string& what) {
  Sha256 hash;
  char block[65536];
  off_t at = 0;
  while (true) {
    const ssize_t got = ::pread(fd, block, sizeof block, at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw ErrnoError(ErrorKind::kTransient, "read " + what);
    if (got == 0) return hash.FinishHex();
    hash.Update({block, static_cast<size_t>(got)});
    at += got;
  }
}

}  // namespace connhost
