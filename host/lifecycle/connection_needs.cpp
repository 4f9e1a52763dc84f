#include "host/lifecycle/connection_needs.h"

#include <algorithm>

#include "base/error.h"
#include "base/json.h"
#include "manifests/version_range.h"

namespace connhost {
namespace {

// The range of versions that one side of the connection asks for; "" when it names another
// connector or no range.
std::string RangeOf(const Json& document, const char* side, const std::string& id) {
  const JsonValue* const end = FindMember(document, side);
  const JsonValue* const connector = end == nullptr ? nullptr : FindMember(*end, "connector");
  const JsonValue* const version = end == nullptr ? nullptr : FindMember(*end, "version");
  const bool asks = connector != nullptr && connector->IsString() && TextOf(*connector) == id &&
                    version != nullptr && version->IsString();
  return asks ? std::string(TextOf(*version)) : "";
}

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

std::vector<std::string> ConnectionsThatNeed(const std::vector<TenantConnection>& connections,
                                             const ConnectorDefinition& removed,
                                             const std::vector<std::string>& left) {
  std::vector<std::string> needing;
  for (const TenantConnection& connection : connections) {
    try {
      const Json document =
          ParseJson(connection.document, connection.tenant + "/" + connection.name);
      for (const char* side : {"source", "destination"}) {
        const std::string range = RangeOf(document, side, removed.id);
        if (!NeedsRemoved(range, removed.version, left)) continue;
        needing.push_back(connection.tenant + "/" + connection.name + " (" + range + ")");
        break;
      }
    } catch (const Error&) {
      // One unreadable row must not keep others from being uninstalled.
    }
  }
  return needing;
}

}  // namespace connhost
