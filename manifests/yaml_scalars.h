// What an unquoted YAML scalar means.
#pragma once

#include <string_view>

#include "base/json.h"

namespace connhost {

// Sets `value` to true, false, null or a number and returns true, or returns false for text. A
// number is what JSON calls one and a double can hold.
bool ReadPlainScalar(std::string_view text, JsonValue& value);

}  // namespace connhost
