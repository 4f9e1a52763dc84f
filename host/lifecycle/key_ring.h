// Changes of who is trusted.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/signature/public_key.h"
#include "registry/registry.h"

namespace connhost {

// "csv,acme-" as prefixes, "*" as the one that covers every id. Error{kUsage} on anything that is
// neither a connector id nor the beginning of one ending with '-' or '_'.
std::vector<std::string> ParsePrefixes(const std::string& text);

// The public key that a person names: a file, or the base64 line itself. Error as ParsePublicKey.
PublicKey ReadPublicKey(const std::string& file_or_base64);

struct NewKey {
  std::string file_or_base64;
  std::vector<std::string> prefixes;
  std::string comment;
  int64_t expires_at = 0;
};

// The row of such a key; one that is known keeps its added_at. Changes nothing. Error{kPolicy} when
// it is weak, revoked, or known under its id with another point.
TrustedKey CheckNewKey(Registry& registry, const NewKey& key);

// Trusts it; one that is known already gets the new prefixes, comment and expiry.
TrustedKey AddKey(Registry& registry, const NewKey& key, const AuditEntry& audit);

// Error{kConfig} when there is no such key (with the nearest), or when a catalog needs it.
void RemoveKey(Registry& registry, const std::string& id, const AuditEntry& audit);

// `file` is the new public key; `file`.minisig beside it the old key's signature with the statement
// "connhost successor OLD NEW sha256:..." (docs/formats/signature.md). The new key gets the old
// one's prefixes, expiry and catalogs; the old one is revoked. Error{kPolicy} when the statement
// does not hold or the old key is not usable.
TrustedKey RotateKey(Registry& registry, const std::filesystem::path& file,
                     const AuditEntry& audit);

}  // namespace connhost
