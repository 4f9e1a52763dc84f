// Typed values to text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace connhost::csv {

void AppendInt64(int64_t value, std::string& out);
void AppendFloat64(double value, std::string& out);  // shortest that reads back the same
void AppendDate(int64_t days, std::string& out);     // since 1970-01-01; YYYY-MM-DD
// Since 1970-01-01T00:00; microseconds only where there are any.
void AppendTimestamp(int64_t micros, bool utc, std::string& out);
// `high`:`low` is the unscaled value in 128-bit two's complement.
void AppendDecimal(uint64_t low, int64_t high, int scale, std::string& out);
void AppendBase64(std::string_view bytes, std::string& out);

}  // namespace connhost::csv
