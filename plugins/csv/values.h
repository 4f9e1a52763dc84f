// Text of a field to a typed value. Exact or not at all: no rounding, no guessing, no white space.
#pragma once

#include <cstdint>
#include <string_view>

namespace connhost::csv {

// Digits with an optional '-'; leading zeros are allowed. False on overflow.
bool ParseInt64(std::string_view text, int64_t& value);

// A decimal number, nearest double; infinities, NaN and what would become infinite are refused.
bool ParseFloat64(std::string_view text, double& value);

// true or false in any case, 1 or 0.
bool ParseBool(std::string_view text, bool& value);

// YYYY-MM-DD of the proleptic Gregorian calendar, years 0001 to 9999; days since 1970-01-01.
bool ParseDate(std::string_view text, int32_t& days);

// YYYY-MM-DD, 'T', 't' or ' ', HH:MM[:SS[.fraction]]; digits behind the sixth of the fraction must
// be zeros. Microseconds since 1970-01-01T00:00. With a zone: Z or z, +HH, +HHMM or +HH:MM must
// follow, and the value is in UTC; without, nothing may follow.
bool ParseTimestamp(std::string_view text, bool with_zone, int64_t& micros);

}  // namespace connhost::csv
