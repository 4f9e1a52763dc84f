// Which of two versions a person wants when none was named.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace connhost {

// True when `candidate` is the better default: a release beats a pre-release, then the newer one by
// semantic versioning's precedence.
bool IsBetterVersion(std::string_view candidate, std::string_view current);

// The best of them. REQUIRES: there is one.
std::string NewestOf(const std::vector<std::string>& versions);

}  // namespace connhost
