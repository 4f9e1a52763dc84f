#include "host/signature/signature.h"

#include <sodium.h>

#include <algorithm>

#include "base/error.h"
#include "host/signature/signature_text.h"
#include "host/signature/sodium.h"

namespace connhost {
namespace {

constexpr size_t kBytes = 2 + 8 + 64;

void CheckKind(const unsigned char* bytes, const std::string& what) {
  if (bytes[0] == 'E' && bytes[1] == 'D') return;
  const bool legacy = bytes[0] == 'E' && bytes[1] == 'd';
  throw Error(ErrorKind::kPolicy,
              what + (legacy ? ": it is of minisign's legacy kind, which is not accepted; sign "
                               "again without -l (minisign 0.11 or later, or 'connhost sign')"
                             : ": expected a signature of minisign's kind 'ED', found another"));
}

bool IsSignedBy(const std::array<unsigned char, 64>& signature, std::string_view bytes,
                const PublicKey& key) {
  return ::crypto_sign_verify_detached(signature.data(),
                                       reinterpret_cast<const unsigned char*>(bytes.data()),
                                       bytes.size(), key.point.data()) == 0;
}

template <typename Bytes>
std::string_view View(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Signature ParseSignature(std::string_view text, const std::string& what) {
  const auto lines = SplitSignatureText(text, 4, ErrorKind::kPolicy, what);
  ReadComment(lines[0], kUntrustedPrefix, kMostUntrustedBytes, ErrorKind::kPolicy, what);
  unsigned char bytes[kBytes];
  Signature signature;
  if (!DecodeBase64(lines[1], bytes, kBytes)) {
    throw Error(ErrorKind::kPolicy,
                what + ": line 2: expected base64 of 74 bytes, found something else");
  }
  CheckKind(bytes, what);
  signature.key_id = KeyIdText(bytes + 2);
  std::copy(bytes + 10, bytes + kBytes, signature.of_message.begin());
  signature.trusted_comment =
      ReadComment(lines[2], kTrustedPrefix, kMostTrustedBytes, ErrorKind::kPolicy, what);
  if (!DecodeBase64(lines[3], signature.of_comment.data(), signature.of_comment.size())) {
    throw Error(ErrorKind::kPolicy,
                what + ": line 4: expected base64 of 64 bytes, found something else");
  }
  return signature;
}

std::string WriteSignature(const Signature& signature) {
  unsigned char bytes[kBytes] = {'E', 'D'};
  KeyIdBytes(signature.key_id, bytes + 2);
  std::copy(signature.of_message.begin(), signature.of_message.end(), bytes + 10);
  return std::string(kUntrustedPrefix) + "signature of connhost, key " + signature.key_id + "\n" +
         EncodeBase64(bytes, kBytes) + "\n" + std::string(kTrustedPrefix) +
         signature.trusted_comment + "\n" +
         EncodeBase64(signature.of_comment.data(), signature.of_comment.size()) + "\n";
}

void VerifySignature(const Signature& signature, const PublicKey& key, const MessageDigest& message,
                     const std::string& what) {
  StartSodium();
  if (signature.key_id != key.id) {
    throw Error(ErrorKind::kPolicy, what + ": expected a signature of the key " + key.id +
                                        ", found one of " + signature.key_id);
  }
  if (!IsSignedBy(signature.of_message, View(message), key)) {
    throw Error(ErrorKind::kPolicy, what +
                                        ": the signature is not of this file, or was not made "
                                        "by the key " +
                                        key.id +
                                        " that it names; get both "
                                        "again from the publisher");
  }
  const std::string covered = std::string(View(signature.of_message)) + signature.trusted_comment;
  if (!IsSignedBy(signature.of_comment, covered, key)) {
    throw Error(ErrorKind::kPolicy,
                what +
                    ": its trusted comment was changed after it was signed; get it again from "
                    "the publisher");
  }
}

}  // namespace connhost
