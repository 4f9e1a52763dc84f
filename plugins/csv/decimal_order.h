// The order of numbers that are text.
#pragma once

#include <string_view>

namespace connhost::csv {

// Negative, zero or positive as `a` is below, equal to or above `b`: exactly, whatever their
// length. REQUIRES: both are JSON numbers. Exponents beyond a million digits count as a million.
int CompareNumbers(std::string_view a, std::string_view b);

}  // namespace connhost::csv
