#include "host/lifecycle/key_ring.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "host/lifecycle/trust.h"
#include "host/signature/public_key.h"
#include "host/signature/signature.h"
#include "host/signature/signature_text.h"
#include "host/signature/signed_statement.h"
#include "manifests/finding.h"

namespace connhost {
namespace {

const TrustedKey* FindKey(const std::vector<TrustedKey>& keys, const std::string& id) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const TrustedKey& key) { return key.id == id; });
  return found == keys.end() ? nullptr : &*found;
}

bool IsPrefix(const std::string& text) {
  return IsPlainName(text) || text == "*";
}

// What the old key signed over the new one.
struct Succession {
  std::string old_id;
  PublicKey successor;
};

Succession ReadSuccession(const Trust& trust, const std::filesystem::path& file) {
  const std::string text = ReadFile(file, kMostSignatureBytes);
  const std::string what = file.filename().string() + std::string(kSignatureSuffix);
  const Signature signature = ParseSignature(
      ReadFile(file.string() + std::string(kSignatureSuffix), kMostSignatureBytes), what);
  VerifySignature(signature, trust.ForCatalog(signature.key_id, what), DigestMessage(text), what);
  const auto said = ParseStatement(signature.trusted_comment, what);
  if (!said) {
    throw Error(ErrorKind::kPolicy,
                what +
                    ": it signs the key, but does not state that it succeeds; 'connhost keygen "
                    "--succeed OLD-SECRET' makes such a statement");
  }
  PublicKey successor = ParsePublicKey(text, file.string());
  CheckStatement(*said, {"successor", signature.key_id, successor.id, Sha256Hex(text), 0},
                 NowMicros() / 1000000, what);
  return {signature.key_id, std::move(successor)};
}

}  // namespace

std::vector<std::string> ParsePrefixes(const std::string& text) {
  std::vector<std::string> prefixes;
  for (const std::string& word : Split(text, ',')) {
    if (!IsPrefix(word)) {
      throw Error(ErrorKind::kUsage,
                  "'" + ShownText(word) +
                      "': expected a connector such as csv, the beginning of several such as "
                      "acme-, or * for all; split by commas");
    }
    prefixes.push_back(word == "*" ? "" : word);
  }
  return prefixes;
}

PublicKey ReadPublicKey(const std::string& file_or_base64) {
  const bool literal = file_or_base64.size() == 56 && file_or_base64.starts_with("RW") &&
                       !std::filesystem::exists(file_or_base64);
  if (literal) return ParsePublicKey(file_or_base64, "the key given");
  return ParsePublicKey(ReadFile(file_or_base64, kMostSignatureBytes), file_or_base64);
}

TrustedKey CheckNewKey(Registry& registry, const NewKey& key) {
  const PublicKey point = ReadPublicKey(key.file_or_base64);
  const auto keys = registry.ListKeys();
  TrustedKey row{
      point.id, point.Base64(), key.prefixes, key.comment, NowMicros(), key.expires_at, 0, ""};
  if (const TrustedKey* known = FindKey(keys, point.id)) {
    if (known->public_key != row.public_key) {
      throw Error(ErrorKind::kPolicy, "another key of the id " + point.id +
                                          " is trusted already; 'connhost trust remove " +
                                          point.id + "' first, when this is the right one");
    }
    if (known->revoked_at != 0) {
      throw Error(ErrorKind::kPolicy, "the key " + point.id + " is revoked since " +
                                          FormatTime(known->revoked_at).substr(0, 19) + "Z");
    }
    row.added_at = known->added_at;
  }
  return row;
}

TrustedKey AddKey(Registry& registry, const NewKey& key, const AuditEntry& audit) {
  const TrustedKey row = CheckNewKey(registry, key);
  AuditEntry entry = audit;
  entry.subject = row.id;
  std::string prefixes;
  for (const std::string& prefix : row.prefixes) {
    prefixes += (prefixes.empty() ? "" : ",") + QuoteJson(prefix.empty() ? "*" : prefix);
  }
  entry.details = "{\"for\":[" + prefixes + "]}";
  registry.PutKey(row, entry);
  return row;
}

void RemoveKey(Registry& registry, const std::string& id, const AuditEntry& audit) {
  const auto keys = registry.ListKeys();
  if (FindKey(keys, id) == nullptr) {
    std::vector<std::string> ids;
    for (const TrustedKey& key : keys) ids.push_back(key.id);
    throw Error(ErrorKind::kConfig, "no key '" + ShownText(id) + "' is trusted" +
                                        DidYouMean(id, ids) + "; 'connhost trust list' lists them");
  }
  std::vector<std::string> catalogs;
  for (const Catalog& catalog : registry.ListCatalogs()) {
    if (catalog.key_id == id) catalogs.push_back(catalog.name);
  }
  if (!catalogs.empty()) {
    throw Error(ErrorKind::kConfig, "the key " + id + " signs the catalog " + JoinWords(catalogs) +
                                        "; 'connhost catalog remove' that first");
  }
  registry.RemoveKey(id, audit);
}

TrustedKey RotateKey(Registry& registry, const std::filesystem::path& file,
                     const AuditEntry& audit) {
  const auto keys = registry.ListKeys();
  const Succession succession = ReadSuccession(Trust(keys, NowMicros()), file);
  TrustedKey old_key = *FindKey(keys, succession.old_id);
  const std::string& new_id = succession.successor.id;
  TrustedKey row = old_key;
  row.id = new_id;
  row.public_key = succession.successor.Base64();
  const TrustedKey* known = FindKey(keys, new_id);
  if (known != nullptr &&
      (known->public_key != row.public_key || known->prefixes != row.prefixes)) {
    throw Error(ErrorKind::kConfig, "the key " + new_id +
                                        " is trusted already, for other "
                                        "connectors; 'connhost trust remove " +
                                        new_id + "' first");
  }
  row.added_at = NowMicros();
  AuditEntry entry = audit;
  entry.subject = new_id;
  entry.details = "{\"succeeds\":" + QuoteJson(old_key.id) + "}";
  // The successor first: killed in between, the rotation can be repeated.
  registry.PutKey(row, entry);
  for (Catalog catalog : registry.ListCatalogs()) {
    if (catalog.key_id != old_key.id) continue;
    catalog.key_id = new_id;
    registry.PutCatalog(catalog, entry);
  }
  old_key.revoked_at = row.added_at;
  old_key.successor = new_id;
  entry.subject = old_key.id;
  registry.PutKey(old_key, entry);
  return row;
}

}  // namespace connhost
