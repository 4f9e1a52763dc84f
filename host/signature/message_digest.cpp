#include "host/signature/message_digest.h"

#include <sodium.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/hash.h"
#include "host/signature/sodium.h"

namespace connhost {
namespace {

class Blake2b {
 public:
  Blake2b() {
    StartSodium();
    ::crypto_generichash_init(&state_, nullptr, 0, std::tuple_size_v<MessageDigest>);
  }
  void Update(std::string_view bytes) {
    ::crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                                bytes.size());
  }
  MessageDigest Finish() {
    MessageDigest digest;
    ::crypto_generichash_final(&state_, digest.data(), digest.size());
    return digest;
  }

 private:
  crypto_generichash_state state_;
};

}  // namespace

MessageDigest DigestMessage(std::string_view bytes) {
  Blake2b hash;
  hash.Update(bytes);
  return hash.Finish();
}

FileDigests DigestFile(int fd, const std::string& what) {
  Blake2b message;
  Sha256 sha256;
  char block[65536];
  off_t at = 0;
  while (true) {
    const ssize_t got = ::pread(fd, block, sizeof block, at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw ErrnoError(ErrorKind::kTransient, "read " + what);
    if (got == 0) return {message.Finish(), sha256.FinishHex()};
    message.Update({block, static_cast<size_t>(got)});
    sha256.Update({block, static_cast<size_t>(got)});
    at += got;
  }
}

}  // namespace connhost
