#include "plugins/csv/value_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace connhost::csv {
namespace {

constexpr int64_t kMicrosOfDay = 86400000000;

}  // namespace

void AppendInt64(int64_t value, std::string& out) {
  char text[24];
  out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

void AppendFloat64(double value, std::string& out) {
  if (std::isnan(value)) {
    out += "NaN";
  } else if (std::isinf(value)) {
    out += value < 0 ? "-Infinity" : "Infinity";
  } else {
    char text[32];
    out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
  }
}

// Howard Hinnant's civil_from_days.
void AppendDate(int64_t days, std::string& out) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted = (5 * day_of_year + 2) / 153;  // months since March
  const int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
  const int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  char text[40];
  const int size =
      std::snprintf(text, sizeof text, "%04lld-%02lld-%02lld", static_cast<long long>(year),
                    static_cast<long long>(month), static_cast<long long>(day));
  out.append(text, static_cast<size_t>(size));
}

void AppendTimestamp(int64_t micros, bool utc, std::string& out) {
  int64_t days = micros / kMicrosOfDay, rest = micros % kMicrosOfDay;
  if (rest < 0) {
    rest += kMicrosOfDay;
    --days;
  }
  AppendDate(days, out);
  const int64_t seconds = rest / 1000000;
  char text[40];
  int size = std::snprintf(text, sizeof text, "T%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                           static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  out.append(text, static_cast<size_t>(size));
  if (rest % 1000000 != 0) {
    size = std::snprintf(text, sizeof text, ".%06d", static_cast<int>(rest % 1000000));
    out.append(text, static_cast<size_t>(size));
  }
  if (utc) out += 'Z';
}

void AppendDecimal(uint64_t low, int64_t high, int scale, std::string& out) {
  __extension__ using Wide = unsigned __int128;
  Wide value = static_cast<Wide>(static_cast<uint64_t>(high)) << 64 | low;
  const bool negative = high < 0;
  if (negative) value = ~value + 1;
  std::string digits;
  for (; value != 0; value /= 10) digits += static_cast<char>('0' + static_cast<int>(value % 10));
  while (digits.size() <= static_cast<size_t>(scale)) digits += '0';
  if (scale > 0) digits.insert(static_cast<size_t>(scale), 1, '.');
  std::reverse(digits.begin(), digits.end());
  if (negative) out += '-';
  out += digits;
}

void AppendBase64(std::string_view bytes, std::string& out) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t left = bytes.size() - i;
    const auto byte = [&](size_t at) {
      return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
    };
    const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += kDigits[group >> 18];
    out += kDigits[group >> 12 & 63];
    out += left > 1 ? kDigits[group >> 6 & 63] : '=';
    out += left > 2 ? kDigits[group & 63] : '=';
  }
}

}  // namespace connhost::csv
