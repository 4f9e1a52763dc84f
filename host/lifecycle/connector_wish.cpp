#include "host/lifecycle/connector_wish.h"

#include "host/lifecycle/connector_name.h"

namespace connhost {

bool ConnectorWish::Fits(std::string_view candidate) const {
  if (!version.empty()) return candidate == version;
  if (range.text().empty()) return true;
  const auto parsed = TryParseVersion(candidate);
  return parsed && range.Contains(*parsed);
}

std::string ConnectorWish::Text() const {
  const std::string& what = version.empty() ? range.text() : version;
  return what.empty() ? id : id + " " + what;
}

ConnectorWish ParseConnectorWish(std::string_view text) {
  const ConnectorName name = ParseConnectorName(text);
  const bool exact = TryParseVersion(name.version).has_value();
  return {name.id, exact ? name.version : "", VersionRange(exact ? "" : name.version), "", ""};
}

}  // namespace connhost
