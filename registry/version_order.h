// The order of versions in listings: semantic versioning's precedence.
#pragma once

#include <string_view>

namespace connhost {

// Negative, 0 or positive as `left` is older than, the same as or newer than `right`. The dotted
// parts compare as numbers of any length ("1.10" after "1.9"), a prerelease comes before its
// release, the build part after '+' decides last. A total order on any two texts: 0 only for equal
// ones, save for leading zeros.
int CompareVersions(std::string_view left, std::string_view right);

}  // namespace connhost
