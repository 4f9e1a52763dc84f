#include "base/json_zeros.h"

namespace connhost {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsNumberPart(char c) {
  return IsDigit(c) || c == '.' || c == '+' || c == '-' || c == 'e' || c == 'E';
}

// Behind the string that starts at `at`.
size_t SkipString(std::string_view json, size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

size_t SkipNumber(std::string_view json, size_t at) {
  while (at < json.size() && IsNumberPart(json[at])) ++at;
  return at;
}

size_t SkipDigits(std::string_view json, size_t at) {
  while (at < json.size() && IsDigit(json[at])) ++at;
  return at;
}

// Behind the exponent that starts at `at`; `at` when none does.
size_t SkipExponent(std::string_view json, size_t at) {
  if (at >= json.size() || (json[at] != 'e' && json[at] != 'E')) return at;
  const bool sign = at + 1 < json.size() && (json[at + 1] == '+' || json[at + 1] == '-');
  const size_t digits = at + (sign ? 2 : 1);
  const size_t end = SkipDigits(json, digits);
  return end == digits ? at : end;
}

// Behind the zero that starts at `at`, as far as a parser would read before it finds a fault; `at`
// when no zero of three bytes or more does.
size_t SkipLongZero(std::string_view json, size_t at) {
  size_t end = at + 1;
  if (json[at] != '0') return at;
  if (end + 1 < json.size() && json[end] == '.' && IsDigit(json[end + 1])) {
    const size_t digits = end + 1;
    end = SkipDigits(json, digits);
    if (json.substr(digits, end - digits).find_first_not_of('0') != std::string_view::npos) {
      return at;
    }
  }
  end = SkipExponent(json, end);
  return end - at >= 3 ? end : at;
}

}  // namespace

std::optional<std::string> MendLongZeros(std::string_view json) {
  std::optional<std::string> mended;
  for (size_t at = 0; at < json.size();) {
    if (json[at] == '"') {
      at = SkipString(json, at);
    } else if (!IsDigit(json[at])) {
      ++at;
    } else if (const size_t end = SkipLongZero(json, at); end != at) {
      if (!mended) mended.emplace(json);
      // What follows at once is a fault, and must not make a number together with the zero.
      const bool glued = end < json.size() && IsNumberPart(json[end]);
      const std::string zero = glued ? "0" : "0.0";
      mended->replace(at, end - at, zero + std::string(end - at - zero.size(), ' '));
      at = end;
    } else {
      at = SkipNumber(json, at);
    }
  }
  return mended;
}

}  // namespace connhost
