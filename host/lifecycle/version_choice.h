// Which of two versions a person wants when none was named.
#pragma once

#include <string_view>

namespace connhost {

// True when `candidate` is the better default: a release beats a pre-release, then the newer one by
// semantic versioning's precedence.
bool IsBetterVersion(std::string_view candidate, std::string_view current);

}  // namespace connhost
