// "csv", "csv@1.2.0" or "csv@^1.2", as people ask for what is to be installed.
#pragma once

#include <string>
#include <string_view>

#include "manifests/version_range.h"

namespace connhost {

struct ConnectorWish {
  std::string id;
  std::string version;  // one version, "" when a range or nothing was given
  VersionRange range;   // of what was given; empty text: any release
  std::string channel;  // "preview" takes previews too
  std::string catalog;  // "" all, and the shipped packages

  bool Fits(std::string_view candidate) const;
  // "csv 1.2.0", "csv ^1.2", "csv".
  std::string Text() const;
};

// Throws Error{kUsage} that shows what was expected, Error{kConfig} for a range that is none.
ConnectorWish ParseConnectorWish(std::string_view text);

}  // namespace connhost
