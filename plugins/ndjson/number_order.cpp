#include "plugins/ndjson/number_order.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace connhost::ndjson {

namespace {

constexpr int64_t kMostExponent = 1'000'000'000'000'000'000;

// 0.DIGITS * 10^exponent; digits without zeros at either end, empty for zero.
struct Decimal {
  bool negative = false;
  int64_t exponent = 0;
  std::string digits;
};

int64_t ExponentOf(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int64_t value = 0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc()) value = text.starts_with('-') ? -kMostExponent : kMostExponent;
  return std::clamp(value, -kMostExponent, kMostExponent);
}

Decimal DecimalOf(std::string_view text) {
  Decimal decimal;
  decimal.negative = text.starts_with('-');
  if (decimal.negative) text.remove_prefix(1);
  const size_t mark = text.find_first_of("eE");
  if (mark != text.npos) decimal.exponent = ExponentOf(text.substr(mark + 1));
  text = text.substr(0, mark);
  const size_t point = std::min(text.find('.'), text.size());
  decimal.digits = text.substr(0, point);
  decimal.exponent += static_cast<int64_t>(point);
  if (point < text.size()) decimal.digits += text.substr(point + 1);
  const size_t first = std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size());
  decimal.digits.erase(0, first);
  decimal.exponent -= static_cast<int64_t>(first);
  while (decimal.digits.ends_with('0')) decimal.digits.pop_back();
  return decimal;
}

int Sign(const Decimal& decimal) {
  if (decimal.digits.empty()) return 0;
  return decimal.negative ? -1 : 1;
}

bool IsSmallInteger(std::string_view text, int64_t* value) {
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return fault == std::errc() && stop == text.data() + text.size();
}

}  // namespace

int CompareNumbers(std::string_view a, std::string_view b) {
  int64_t small_a = 0, small_b = 0;
  if (IsSmallInteger(a, &small_a) && IsSmallInteger(b, &small_b)) {
    return small_a < small_b ? -1 : small_a > small_b;
  }
  const Decimal left = DecimalOf(a), right = DecimalOf(b);
  const int sign = Sign(left);
  if (sign != Sign(right)) return sign < Sign(right) ? -1 : 1;
  if (sign == 0) return 0;
  if (left.exponent != right.exponent) return left.exponent < right.exponent ? -sign : sign;
  return sign * left.digits.compare(right.digits);
}

}  // namespace connhost::ndjson
