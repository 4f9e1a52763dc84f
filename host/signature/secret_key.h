// A secret signing key, and its file in minisign's format. Format: docs/formats/signature.md.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "host/signature/public_key.h"
#include "host/signature/signature.h"
#include "host/signature/sodium.h"

namespace connhost {

// Asked for a password only when a key is encrypted; `what` names the key.
using AskPassword = std::function<SecretBytes(const std::string& what)>;

// How much work it is to try one password (scrypt). The default is minisign's: 1 GiB of memory and
// some seconds.
struct PasswordCost {
  uint64_t operations = uint64_t{1} << 25;
  uint64_t memory_bytes = uint64_t{1} << 30;
};

class SecretKey {
 public:
  static SecretKey Generate();

  // Reads a secret key file. Error{kConfig} when it is malformed, damaged, or asks for more than
  // 4 GiB of memory; Error{kAuth} when the password is wrong.
  static SecretKey Parse(std::string_view text, const std::string& what, const AskPassword& ask);

  // The file, encrypted under the password, or in the clear when it is empty.
  SecretBytes Write(std::string_view password, const PasswordCost& cost = {}) const;

  PublicKey public_key() const;

  // Prehashed. `trusted_comment`: one line, at most kMostTrustedBytes with its prefix.
  Signature Sign(const MessageDigest& message, std::string trusted_comment) const;

 private:
  explicit SecretKey(SecretBytes bytes) : bytes_(std::move(bytes)) {}

  SecretBytes bytes_;  // key id (8), seed (32), public point (32)
};

}  // namespace connhost
