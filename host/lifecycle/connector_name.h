// "csv" or "csv@1.2.0", as people write it on the command line.
#pragma once

#include <string>
#include <string_view>

namespace connhost {

struct ConnectorName {
  std::string id;
  std::string version;  // "" when none was given
};

// Throws Error{kUsage} that shows what was expected.
ConnectorName ParseConnectorName(std::string_view text);

}  // namespace connhost
