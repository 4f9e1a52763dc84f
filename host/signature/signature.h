// A detached signature, in minisign's format. Format: docs/formats/signature.md.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "host/signature/message_digest.h"
#include "host/signature/public_key.h"

namespace connhost {

inline constexpr std::string_view kSignatureSuffix = ".minisig";  // beside what it signs

struct Signature {
  std::string key_id;                        // 16 capital hex digits
  std::array<unsigned char, 64> of_message;  // over the BLAKE2b-512 of the file
  std::string trusted_comment;               // covered by the next
  std::array<unsigned char, 64> of_comment;  // over of_message and the comment
};

// Reads a signature file. Says nothing about who signed what: VerifySignature does. `what` names
// it; Error{kPolicy} on anything malformed, and on signatures of the legacy kind (not prehashed).
Signature ParseSignature(std::string_view text, const std::string& what);

std::string WriteSignature(const Signature& signature);

// Error{kPolicy} unless `key` made the signature, of this message and of this comment.
void VerifySignature(const Signature& signature, const PublicKey& key, const MessageDigest& message,
                     const std::string& what);

}  // namespace connhost
