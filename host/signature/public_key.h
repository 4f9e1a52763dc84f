// A publisher's public key, in minisign's format. Format: docs/formats/signature.md.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace connhost {

struct PublicKey {
  std::string id;                       // 16 capital hex digits
  std::array<unsigned char, 32> point;  // Ed25519

  // The line that minisign takes after -P: 56 characters.
  std::string Base64() const;
  bool operator==(const PublicKey&) const = default;
};

// Reads a public key file, or the base64 line alone. `what` names it. Error{kConfig} when it is
// malformed, Error{kPolicy} when the key is one under which anybody can forge signatures: all
// zeros, of small order, or no point of the group.
PublicKey ParsePublicKey(std::string_view text, const std::string& what);

// "untrusted comment: minisign public key ID", the base64 line.
std::string WritePublicKey(const PublicKey& key);

}  // namespace connhost
