#include "host/signature/public_key.h"

#include <sodium.h>

#include <algorithm>

#include "host/signature/signature_text.h"

namespace connhost {
namespace {

constexpr size_t kBytes = 2 + 8 + 32;

void RefuseWeak(const PublicKey& key, const std::string& what) {
  const auto& point = key.point;
  const bool zero = std::all_of(point.begin(), point.end(), [](auto byte) { return byte == 0; });
  if (!zero && ::crypto_core_ed25519_is_valid_point(point.data()) == 1) return;
  throw Error(ErrorKind::kPolicy,
              what + ": the key " + key.id + " is " +
                  (zero ? "all zeros" : "weak: no point of the group's large prime order") +
                  ", so anybody could forge its signatures; ask its owner for another key");
}

}  // namespace

std::string PublicKey::Base64() const {
  unsigned char bytes[kBytes] = {'E', 'd'};
  KeyIdBytes(id, bytes + 2);
  std::copy(point.begin(), point.end(), bytes + 10);
  return EncodeBase64(bytes, kBytes);
}

PublicKey ParsePublicKey(std::string_view text, const std::string& what) {
  std::string_view line;
  if (text.starts_with(kUntrustedPrefix)) {
    const auto lines = SplitSignatureText(text, 2, ErrorKind::kConfig, what);
    ReadComment(lines[0], kUntrustedPrefix, kMostUntrustedBytes, ErrorKind::kConfig, what);
    line = lines[1];
  } else {
    line = SplitSignatureText(text, 1, ErrorKind::kConfig, what)[0];
  }
  unsigned char bytes[kBytes];
  if (!DecodeBase64(line, bytes, kBytes) || bytes[0] != 'E' || bytes[1] != 'd') {
    throw Error(ErrorKind::kConfig,
                what +
                    ": expected a minisign public key (base64 of 42 bytes that start with "
                    "'Ed'), found something else");
  }
  PublicKey key{KeyIdText(bytes + 2), {}};
  std::copy(bytes + 10, bytes + kBytes, key.point.begin());
  RefuseWeak(key, what);
  return key;
}

std::string WritePublicKey(const PublicKey& key) {
  return std::string(kUntrustedPrefix) + "minisign public key " + key.id + "\n" + key.Base64() +
         "\n";
}

}  // namespace connhost
