#include "plugins/csv/decimal_order.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace connhost::csv {
namespace {

// 0.DIGITS times ten to the power of `exponent`; no digits: zero.
struct Decimal {
  bool negative = false;
  std::string digits;  // the first and the last are not '0'
  long exponent = 0;
};

constexpr long kMostExponent = 1000000;

long ParseExponent(std::string_view text) {
  if (text.front() == '+') text.remove_prefix(1);
  long value = 0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault == std::errc::result_out_of_range) {
    return text.front() == '-' ? -kMostExponent : kMostExponent;
  }
  return std::clamp(value, -kMostExponent, kMostExponent);
}

Decimal Normalize(std::string_view text) {
  Decimal number;
  number.negative = text.front() == '-';
  if (number.negative) text.remove_prefix(1);
  const size_t e = std::min(text.find_first_of("eE"), text.size());
  const size_t point = std::min(text.find('.'), e);
  number.digits = text.substr(0, point);
  if (point < e) number.digits += text.substr(point + 1, e - point - 1);
  const size_t zeros = std::min(number.digits.find_first_not_of('0'), number.digits.size());
  number.exponent = static_cast<long>(point) - static_cast<long>(zeros);
  if (e < text.size()) number.exponent += ParseExponent(text.substr(e + 1));
  number.digits.erase(0, zeros);
  number.digits.erase(number.digits.find_last_not_of('0') + 1);
  if (number.digits.empty()) return {};
  return number;
}

}  // namespace

int CompareNumbers(std::string_view a, std::string_view b) {
  const Decimal x = Normalize(a), y = Normalize(b);
  const auto sign = [](const Decimal& n) { return n.digits.empty() ? 0 : n.negative ? -1 : 1; };
  if (sign(x) != sign(y)) return sign(x) < sign(y) ? -1 : 1;
  if (sign(x) == 0) return 0;
  const int larger =
      x.exponent != y.exponent ? (x.exponent < y.exponent ? -1 : 1) : x.digits.compare(y.digits);
  return x.negative ? -larger : larger;
}

}  // namespace connhost::csv
