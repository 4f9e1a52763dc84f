// Dates and times as JSON strings: "2026-11-21", "2026-11-21T14:03:12.123456Z".
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

namespace connhost::bronze {

// The longest result of the functions below: "+292277-01-09T04:00:54.775807Z" and its like, in
// quotes, and the largest year of a date32.
inline constexpr size_t kMostTimeText = 40;

// The text of the last day written: neighbouring records tend to share it.
struct DayText {
  int64_t day = std::numeric_limits<int64_t>::min();
  char text[24] = {};
  uint8_t size = 0;
};

// Days since 1970-01-01. Returns the end of what was written; may touch 32 bytes beyond it.
char* WriteDate(char* out, int64_t days, DayText& cache);

// Microseconds since 1970-01-01T00:00:00; `utc` adds the Z. As above.
char* WriteTimestamp(char* out, int64_t micros, bool utc, DayText& cache);

}  // namespace connhost::bronze
