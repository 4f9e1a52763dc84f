#include "host/catalog/signed_index.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/time.h"
#include "host/signature/signature.h"
#include "host/signature/signed_statement.h"

namespace connhost {
namespace {

// That the signature holds, and what it states; an empty kind when its comment states nothing.
SignedStatement Prove(std::string_view text, std::string_view signature_text, const PublicKey& key,
                      const std::string& what) {
  const std::string name = what + std::string(kSignatureSuffix);
  const Signature signature = ParseSignature(signature_text, name);
  VerifySignature(signature, key, DigestMessage(text), name);
  return ParseStatement(signature.trusted_comment, name).value_or(SignedStatement{});
}

void CheckAge(const CatalogIndex& index, const IndexExpectation& expected,
              const std::string& what) {
  if (!expected.name.empty() && index.name != expected.name) {
    throw Error(ErrorKind::kPolicy, what + ": expected the index of the catalog " + expected.name +
                                        ", found that of " + index.name);
  }
  if (index.serial < expected.serial) {
    throw Error(ErrorKind::kPolicy,
                what + ": its serial is " + std::to_string(index.serial) + ", but " +
                    std::to_string(expected.serial) +
                    " was seen before: an old index is shown again; nothing was read from it");
  }
  if (index.expires != 0 && index.expires <= expected.now) {
    throw Error(ErrorKind::kPolicy, what + ": it expired at " +
                                        FormatTime(index.expires).substr(0, 19) +
                                        "Z; its publisher must build it again");
  }
}

}  // namespace

CatalogIndex OpenIndex(std::string_view text, std::string_view signature,
                       const IndexExpectation& expected, const std::string& what) {
  const SignedStatement statement = Prove(text, signature, expected.key, what);
  CatalogIndex index = ParseIndex(text, what);
  if (!statement.kind.empty()) {
    CheckStatement(statement,
                   {"index", index.name, std::to_string(index.serial), Sha256Hex(text), 0},
                   expected.now / 1000000, what + std::string(kSignatureSuffix));
  }
  CheckAge(index, expected, what);
  return index;
}

std::string SignIndex(std::string_view text, const CatalogIndex& index, const SecretKey& key) {
  const SignedStatement statement{"index", index.name, std::to_string(index.serial),
                                  Sha256Hex(text), index.expires / 1000000};
  return WriteSignature(key.Sign(DigestMessage(text), WriteStatement(statement)));
}

}  // namespace connhost
