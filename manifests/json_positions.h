// The places of the values of a JSON text.
#pragma once

#include <string>
#include <string_view>

#include "manifests/places.h"

namespace connhost {

// REQUIRES that `text` was parsed as JSON before and lies within kDeepestDocument. Throws
// Error{kConfig} for a key that stands twice in one object; `what` names the document.
Place FindJsonPlaces(std::string_view text, const std::string& what);

}  // namespace connhost
