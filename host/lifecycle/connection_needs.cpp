#include "host/lifecycle/connection_needs.h"

#include <algorithm>

#include "base/error.h"
#include "base/json.h"
#include "manifests/version_range.h"

namespace connhost {
namespace {

bool Holds(const VersionRange& range, const std::string& version) {
  const auto parsed = TryParseVersion(version);
  return parsed && range.Contains(*parsed);
}

bool NeedsRemoved(const std::string& text, const std::string& removed,
                  const std::vector<std::string>& left) {
  if (text.empty()) return false;
  const VersionRange range(text);
  return Holds(range, removed) && std::none_of(left.begin(), left.end(), [&](const auto& version) {
           return Holds(range, version);
         });
}

}  // namespace

std::optional<std::string> RangeAskedFor(const JsonValue& document, const char* side,
                                         const std::string& id) {
  const JsonValue* const end = FindMember(document, side);
  const JsonValue* const connector = end == nullptr ? nullptr : FindMember(*end, "connector");
  if (connector == nullptr || !connector->IsString() || TextOf(*connector) != id) {
    return std::nullopt;
  }
  const JsonValue* const version = FindMember(*end, "version");
  const bool asks = version != nullptr && version->IsString();
  return asks ? std::string(TextOf(*version)) : "";
}

std::vector<std::string> ConnectionsThatNeed(const std::vector<TenantConnection>& connections,
                                             const ConnectorDefinition& removed,
                                             const std::vector<std::string>& left) {
  std::vector<std::string> needing;
  for (const TenantConnection& connection : connections) {
    try {
      const Json document =
          ParseJson(connection.document, connection.tenant + "/" + connection.name);
      for (const char* side : {"source", "destination"}) {
        const auto range = RangeAskedFor(document, side, removed.id);
        if (!range || !NeedsRemoved(*range, removed.version, left)) continue;
        needing.push_back(connection.tenant + "/" + connection.name + " (" + *range + ")");
        break;
      }
    } catch (const Error&) {
      // One unreadable row must not keep others from being uninstalled.
    }
  }
  return needing;
}

}  // namespace connhost
