// An index whose writer is proved.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "host/catalog/index.h"
#include "host/signature/public_key.h"
#include "host/signature/secret_key.h"

namespace connhost {

// What is known of a catalog before its index is read.
struct IndexExpectation {
  PublicKey key;
  std::string name;     // "" any
  uint64_t serial = 0;  // the newest seen: an older index is a replay
  int64_t now = 0;      // microseconds since 1970
};

// The signature first, then the schema, then the rules, then name, serial and expiry.
// Error{kPolicy} when the signature, name, serial or expiry does not hold, Error{kConfig} when the
// index is malformed. `what` names the index.
CatalogIndex OpenIndex(std::string_view text, std::string_view signature,
                       const IndexExpectation& expected, const std::string& what);

// The text of index.json.minisig for the text of an index.
std::string SignIndex(std::string_view text, const CatalogIndex& index, const SecretKey& key);

}  // namespace connhost
