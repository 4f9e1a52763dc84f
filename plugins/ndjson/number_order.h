// The order of JSON numbers by their exact values.
#pragma once

#include <string_view>

namespace connhost::ndjson {

// Negative, 0 or positive as `a` is less than, equal to or greater than `b`: 10 = 1e1 = 10.0, and
// two integers of 30 digits that differ in the last one differ. Both must be valid JSON numbers.
// Exponents beyond +-10^18 count as that.
int CompareNumbers(std::string_view a, std::string_view b);

}  // namespace connhost::ndjson
