// Who may sign what: the keys that the registry knows, and the rule by which they are chosen.
// For people: docs/formats/signature.md, "Trust".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/signature/public_key.h"
#include "host/signature/signature.h"
#include "registry/records.h"

namespace connhost {

// Whether a key's prefix covers a connector id: "" covers every id, one that ends with '-' or '_'
// the ids that start with it, any other that id alone.
bool PrefixCovers(std::string_view prefix, std::string_view id);

// Immutable. Every refusal is Error{kPolicy}.
class Trust {
 public:
  // `now` in microseconds since 1970.
  Trust(std::vector<TrustedKey> keys, int64_t now) : keys_(std::move(keys)), now_(now) {}

  // The key of that id, when it is known, neither expired nor revoked, and may sign packages of the
  // connector: among all keys (expired and revoked ones too: an id stays its publisher's) those
  // with the longest prefix that covers the id may. `what` names the signature.
  PublicKey ForPackage(const std::string& key_id, const std::string& connector,
                       const std::string& what) const;

  // The same for the index of a catalog, which any key may sign that the catalog was added with.
  PublicKey ForCatalog(const std::string& key_id, const std::string& what) const;

  const std::vector<TrustedKey>& keys() const { return keys_; }

 private:
  const TrustedKey& FindUsable(const std::string& key_id, const std::string& what) const;

  std::vector<TrustedKey> keys_;
  int64_t now_;
};

}  // namespace connhost
