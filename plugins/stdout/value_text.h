// Values of a batch as text.
#pragma once

#include <connhost/destination.hpp>
#include <string>

namespace connhost::stdout_destination {

// The value as it is, for people; the row must not be null there. Times in ISO 8601 with six
// decimals, in UTC with a Z; decimals in full; floats as the shortest text that gives the same
// number again; binary in base64.
void AppendPlain(std::string& out, const sdk::ColumnView& view, const sdk::Column& column,
                 uint32_t row);

// The value as JSON: numbers and JSON as they stand, null for null, NaN and infinities as strings.
void AppendJson(std::string& out, const sdk::ColumnView& view, const sdk::Column& column,
                uint32_t row);

}  // namespace connhost::stdout_destination
