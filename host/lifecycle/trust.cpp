#include "host/lifecycle/trust.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"

namespace connhost {
namespace {

// The length of the longest of a key's prefixes that covers the id; nothing when none does.
std::optional<size_t> LongestCover(const TrustedKey& key, const std::string& id) {
  std::optional<size_t> longest;
  for (const std::string& prefix : key.prefixes) {
    if (PrefixCovers(prefix, id)) longest = std::max(longest.value_or(0), prefix.size());
  }
  return longest;
}

std::string Day(int64_t micros) {
  return FormatTime(micros).substr(0, 19) + "Z";
}

}  // namespace

bool PrefixCovers(std::string_view prefix, std::string_view id) {
  if (prefix.empty() || prefix == id) return true;
  return (prefix.back() == '-' || prefix.back() == '_') && id.starts_with(prefix);
}

const TrustedKey& Trust::FindUsable(const std::string& key_id, const std::string& what) const {
  const auto found = std::find_if(keys_.begin(), keys_.end(),
                                  [&](const TrustedKey& key) { return key.id == key_id; });
  if (found == keys_.end()) {
    throw Error(ErrorKind::kPolicy, what + ": signed by the key " + key_id +
                                        ", which is not trusted here; when its publisher vouches "
                                        "for it, 'connhost trust add PUBLIC-KEY --for CONNECTORS'");
  }
  if (found->revoked_at != 0) {
    throw Error(
        ErrorKind::kPolicy,
        what + ": signed by the key " + key_id + ", which is revoked since " +
            Day(found->revoked_at) +
            (found->successor.empty() ? "" : "; its successor " + found->successor + " signs now"));
  }
  if (found->expires_at != 0 && found->expires_at <= now_) {
    throw Error(ErrorKind::kPolicy, what + ": signed by the key " + key_id +
                                        ", which is trusted only until " + Day(found->expires_at) +
                                        "; 'connhost trust add' it anew when that is wanted");
  }
  return *found;
}

PublicKey Trust::ForPackage(const std::string& key_id, const std::string& connector,
                            const std::string& what) const {
  const TrustedKey& key = FindUsable(key_id, what);
  const auto own = LongestCover(key, connector);
  if (!own) {
    throw Error(ErrorKind::kPolicy, what + ": signed by the key " + key_id +
                                        ", which is not trusted for the connector " + connector +
                                        "; 'connhost trust list' shows for which it is");
  }
  for (const TrustedKey& other : keys_) {
    const auto cover = LongestCover(other, connector);
    if (!cover || *cover <= *own) continue;
    throw Error(ErrorKind::kPolicy,
                what + ": signed by the key " + key_id + ", but the connector " + connector +
                    " is reserved for the key " + other.id + " ('connhost trust list')");
  }
  return ParsePublicKey(key.public_key, "the trusted key " + key_id);
}

PublicKey Trust::ForCatalog(const std::string& key_id, const std::string& what) const {
  return ParsePublicKey(FindUsable(key_id, what).public_key, "the trusted key " + key_id);
}

}  // namespace connhost
