// Zeros that RapidJSON 1.1 reads wrong: it takes 0e93 for 6.2e290.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace connhost {

// The text with every zero outside strings that has an exponent or several decimals ("0e93",
// "-0.00E-7") written as 0.0 and blanks of the same length, so that places stay; nullopt when it
// holds none, as nearly always. The text need not be JSON.
std::optional<std::string> MendLongZeros(std::string_view json);

}  // namespace connhost
