// Single values as JSON text. Each function returns the end of what it wrote and may touch up to
// kOvershoot bytes beyond; the room it needs is named beside it. docs/formats/bronze.md, "Lines".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "time_text.h"

namespace connhost::bronze {

inline constexpr size_t kOvershoot = 32;

// The most any value of a fixed-size type takes: a decimal128 or a timestamp.
inline constexpr size_t kMostFixedText = 48;
static_assert(kMostTimeText <= kMostFixedText);

// kMostFixedText.
char* WriteFloat64(char* out, double value);

// The unscaled value as 128-bit two's complement; `scale` 0 to 38. kMostFixedText.
char* WriteDecimal(char* out, uint64_t low, int64_t high, int scale);

// Base64 with padding, without quotes. 4 bytes for every 3 begun.
char* WriteBase64(char* out, std::string_view bytes);

// JSON text as it is: by the contract it fits on a line. Its size.
char* WriteSpliced(char* out, std::string_view json);

}  // namespace connhost::bronze
