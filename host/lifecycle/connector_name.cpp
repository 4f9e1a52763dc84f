#include "host/lifecycle/connector_name.h"

#include "base/error.h"
#include "base/text.h"
#include "host/store/refusal.h"

namespace connhost {

ConnectorName ParseConnectorName(std::string_view text) {
  const size_t at = text.find('@');
  const bool has_version = at != std::string_view::npos;
  ConnectorName name{std::string(text.substr(0, at)),
                     has_version ? std::string(text.substr(at + 1)) : ""};
  if (!IsPlainName(name.id) || (has_version && name.version.empty())) {
    throw Error(ErrorKind::kUsage,
                "expected a connector as NAME or NAME@VERSION, like csv or csv@1.2.0, "
                "found " +
                    PrintableName(text));
  }
  return name;
}

}  // namespace connhost
