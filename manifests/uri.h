// URI references (RFC 3986), as far as JSON Schema needs them.
#pragma once

#include <string>
#include <string_view>

namespace connhost {

// `reference` resolved against `base` (section 5.2); a relative base gives a relative result.
std::string ResolveUri(std::string_view base, std::string_view reference);

struct UriParts {
  std::string resource;  // everything before '#'
  std::string fragment;  // after it, percent-decoded
};

UriParts SplitFragment(std::string_view uri);

}  // namespace connhost
