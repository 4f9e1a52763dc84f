#include "host/signature/secret_key.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "host/signature/signature_text.h"

namespace connhost {
namespace {

// The file's bytes: kinds of signature, of key derivation and of checksum, then the parameters of
// the derivation, then what may be encrypted: id, key and checksum.
constexpr size_t kSalt = 6, kOperations = 38, kMemory = 46, kId = 54, kSum = 126;
constexpr size_t kFileBytes = 158;
constexpr size_t kSealedBytes = kFileBytes - kId;
constexpr size_t kKeyBytes = kSum - kId;  // id and key
constexpr size_t kPointAt = 8 + 32;
constexpr uint64_t kMostMemory = uint64_t{4} << 30;
constexpr uint64_t kMostOperations = uint64_t{1} << 28;

Error Malformed(const std::string& what, const std::string& problem) {
  return Error(ErrorKind::kConfig, what + ": expected a minisign secret key, found " + problem);
}

uint64_t Load64(const unsigned char* bytes) {
  uint64_t number = 0;
  for (int i = 7; i >= 0; --i) number = number << 8 | bytes[i];
  return number;
}

void Store64(uint64_t number, unsigned char* bytes) {
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<unsigned char>(number >> (8 * i));
}

void Sum(const SecretBytes& file, unsigned char* sum) {
  crypto_generichash_state state;
  ::crypto_generichash_init(&state, nullptr, 0, 32);
  ::crypto_generichash_update(&state, file.data(), 2);
  ::crypto_generichash_update(&state, file.data() + kId, kKeyBytes);
  ::crypto_generichash_final(&state, sum, 32);
  Wipe(&state, sizeof state);
}

// Encrypts what is plain and decrypts what is not.
void ApplyPassword(SecretBytes& file, std::string_view password, const std::string& what) {
  SecretBytes stream(kSealedBytes);
  if (::crypto_pwhash_scryptsalsa208sha256(
          stream.data(), kSealedBytes, password.data(), password.size(), file.data() + kSalt,
          Load64(file.data() + kOperations), Load64(file.data() + kMemory)) != 0) {
    throw Error(ErrorKind::kTransient,
                what + ": not enough memory to work out the key from the password");
  }
  for (size_t i = 0; i < kSealedBytes; ++i) file.data()[kId + i] ^= stream.data()[i];
}

SecretBytes DecodeFile(std::string_view text, const std::string& what) {
  const auto lines = SplitSignatureText(text, 2, ErrorKind::kConfig, what);
  ReadComment(lines[0], kUntrustedPrefix, kMostUntrustedBytes, ErrorKind::kConfig, what);
  SecretBytes file(kFileBytes);
  if (!DecodeBase64(lines[1], file.data(), kFileBytes)) {
    throw Malformed(what, "no base64 of 158 bytes");
  }
  if (std::memcmp(file.data(), "Ed", 2) != 0) throw Malformed(what, "another kind of key");
  if (std::memcmp(file.data() + 4, "B2", 2) != 0) throw Malformed(what, "another checksum");
  return file;
}

bool IsEncrypted(const SecretBytes& file, const std::string& what) {
  if (std::memcmp(file.data() + 2, "\0\0", 2) == 0) return false;
  if (std::memcmp(file.data() + 2, "Sc", 2) != 0) {
    throw Malformed(what, "another way of encrypting it");
  }
  if (Load64(file.data() + kMemory) > kMostMemory ||
      Load64(file.data() + kOperations) > kMostOperations) {
    throw Malformed(what, "one that asks for more than 4 GiB of memory for its password");
  }
  return true;
}

// The public half is stored too, and signing trusts it: a changed one would give the secret away.
void CheckHalves(const SecretBytes& bytes, const std::string& what) {
  SecretBytes pair(64);
  unsigned char point[32];
  ::crypto_sign_seed_keypair(point, pair.data(), bytes.data() + 8);
  if (std::memcmp(point, bytes.data() + kPointAt, sizeof point) != 0) {
    throw Malformed(what, "one whose two halves do not belong together");
  }
}

}  // namespace

SecretKey SecretKey::Generate() {
  SecretBytes bytes(kKeyBytes);
  ::randombytes_buf(bytes.data(), 8);
  unsigned char point[32];
  ::crypto_sign_keypair(point, bytes.data() + 8);
  return SecretKey(std::move(bytes));
}

SecretKey SecretKey::Parse(std::string_view text, const std::string& what, const AskPassword& ask) {
  SecretBytes file = DecodeFile(text, what);
  const bool encrypted = IsEncrypted(file, what);
  if (encrypted) {
    const SecretBytes password = ask(what);
    ApplyPassword(file, password.text(), what);
  }
  unsigned char sum[32];
  Sum(file, sum);
  const bool no_sum = !encrypted && ::sodium_is_zero(file.data() + kSum, 32) == 1;  // minisign -W
  if (!no_sum && ::crypto_verify_32(sum, file.data() + kSum) != 0) {
    if (encrypted) throw Error(ErrorKind::kAuth, what + ": the password is wrong");
    throw Malformed(what, "one that is damaged: its checksum does not fit");
  }
  SecretBytes bytes(kKeyBytes);
  std::memcpy(bytes.data(), file.data() + kId, kKeyBytes);
  CheckHalves(bytes, what);
  return SecretKey(std::move(bytes));
}

SecretBytes SecretKey::Write(std::string_view password, const PasswordCost& cost) const {
  SecretBytes file(kFileBytes);
  std::memcpy(file.data(), password.empty() ? "Ed\0\0B2" : "EdScB2", 6);
  std::memcpy(file.data() + kId, bytes_.data(), kKeyBytes);
  Sum(file, file.data() + kSum);
  if (!password.empty()) {
    ::randombytes_buf(file.data() + kSalt, kOperations - kSalt);
    Store64(cost.operations, file.data() + kOperations);
    Store64(cost.memory_bytes, file.data() + kMemory);
    ApplyPassword(file, password, "the new key");
  }
  std::string head = std::string(kUntrustedPrefix) + "minisign " +
                     (password.empty() ? "" : "encrypted ") + "secret key " + public_key().id +
                     "\n";
  std::string base64 = EncodeBase64(file.data(), kFileBytes);
  SecretBytes text(head.size() + base64.size() + 1);
  std::memcpy(text.data(), head.data(), head.size());
  std::memcpy(text.data() + head.size(), base64.data(), base64.size());
  text.data()[text.size() - 1] = '\n';
  Wipe(base64.data(), base64.size());
  return text;
}

PublicKey SecretKey::public_key() const {
  PublicKey key{KeyIdText(bytes_.data()), {}};
  std::copy_n(bytes_.data() + kPointAt, 32, key.point.begin());
  return key;
}

Signature SecretKey::Sign(const MessageDigest& message, std::string trusted_comment) const {
  Signature signature{KeyIdText(bytes_.data()), {}, std::move(trusted_comment), {}};
  const unsigned char* key = bytes_.data() + 8;
  ::crypto_sign_detached(signature.of_message.data(), nullptr, message.data(), message.size(), key);
  std::string covered(reinterpret_cast<const char*>(signature.of_message.data()), 64);
  covered += signature.trusted_comment;
  ::crypto_sign_detached(signature.of_comment.data(), nullptr,
                         reinterpret_cast<const unsigned char*>(covered.data()), covered.size(),
                         key);
  return signature;
}

}  // namespace connhost
