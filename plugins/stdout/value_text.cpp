#include "plugins/stdout/value_text.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace connhost::stdout_destination {

namespace {

constexpr int64_t kMicrosPerDay = 86'400'000'000;

void AppendDate(std::string& out, int64_t days) {
  // std::chrono::year holds 16 bits; what lies beyond is shown as days.
  constexpr int64_t kMost = 11'000'000;
  if (days < -kMost || days > kMost) {
    out += std::to_string(days) + " days since 1970-01-01";
    return;
  }
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  out += text;
}

void AppendTime(std::string& out, int64_t micros, bool utc) {
  int64_t days = micros / kMicrosPerDay, rest = micros % kMicrosPerDay;
  if (rest < 0) {
    --days;
    rest += kMicrosPerDay;
  }
  AppendDate(out, days);
  const int64_t seconds = rest / 1'000'000;
  char text[64];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%06d%s", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60),
                static_cast<int>(rest % 1'000'000), utc ? "Z" : "");
  out += text;
}

void AppendDecimal(std::string& out, uint64_t low, int64_t high, int scale) {
  __extension__ using Wide = unsigned __int128;
  Wide value = static_cast<Wide>(static_cast<uint64_t>(high)) << 64 | low;
  if (high < 0) value = ~value + 1;
  std::string digits;
  for (; value > 0; value /= 10) digits += static_cast<char>('0' + static_cast<int>(value % 10));
  while (digits.size() <= static_cast<size_t>(scale)) digits += '0';
  std::reverse(digits.begin(), digits.end());
  if (scale > 0) digits.insert(digits.size() - static_cast<size_t>(scale), 1, '.');
  out += (high < 0 ? "-" : "") + digits;
}

void AppendFloat(std::string& out, double value) {
  char text[64];
  const auto [end, fault] = std::to_chars(text, text + sizeof text, value);
  out.append(text, end);
}

void AppendBase64(std::string& out, std::string_view bytes) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    const size_t count = std::min<size_t>(3, bytes.size() - i);
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (size_t k = 0; k < 4; ++k) {
      out += k <= count ? kDigits[group >> (18 - 6 * k) & 63] : '=';
    }
  }
}

bool IsQuoted(const sdk::ColumnView& view, sdk::Type type, uint32_t row) {
  switch (type) {
    case sdk::Type::kBinary:
    case sdk::Type::kDate:
    case sdk::Type::kTimestamp:
    case sdk::Type::kTimestampUtc:
      return true;
    case sdk::Type::kFloat64:
      return !std::isfinite(view.Float64(row));
    default:
      return false;
  }
}

}  // namespace

void AppendPlain(std::string& out, const sdk::ColumnView& view, const sdk::Column& column,
                 uint32_t row) {
  switch (column.type) {
    case sdk::Type::kBool:
      out += view.Bool(row) ? "true" : "false";
      return;
    case sdk::Type::kInt64:
      out += std::to_string(view.Int64(row));
      return;
    case sdk::Type::kFloat64:
      return AppendFloat(out, view.Float64(row));
    case sdk::Type::kDate:
      return AppendDate(out, view.Date(row));
    case sdk::Type::kTimestamp:
      return AppendTime(out, view.Int64(row), false);
    case sdk::Type::kTimestampUtc:
      return AppendTime(out, view.Int64(row), true);
    case sdk::Type::kDecimal:
      return AppendDecimal(out, view.DecimalLow(row), view.DecimalHigh(row), column.scale);
    case sdk::Type::kBinary:
      return AppendBase64(out, view.Text(row));
    case sdk::Type::kText:
    case sdk::Type::kJson:
    case sdk::Type::kNumber:
      out += view.Text(row);
      return;
  }
}

void AppendJson(std::string& out, const sdk::ColumnView& view, const sdk::Column& column,
                uint32_t row) {
  if (view.IsNull(row)) {
    out += "null";
  } else if (column.type == sdk::Type::kText) {
    sdk::AppendJsonString(out, view.Text(row));
  } else if (IsQuoted(view, column.type, row)) {
    out += '"';
    AppendPlain(out, view, column, row);
    out += '"';
  } else {
    AppendPlain(out, view, column, row);
  }
}

}  // namespace connhost::stdout_destination
