#include "plugins/csv/values.h"

#include <charconv>
#include <cmath>

namespace connhost::csv {
namespace {

bool IsDigit(char c) {
  return static_cast<unsigned char>(c - '0') < 10;
}

// Reads fixed-width parts from the front of a text.
class Parts {
 public:
  explicit Parts(std::string_view text) : text_(text) {}
  bool empty() const { return text_.empty(); }
  bool Take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool TakeDigits(size_t count, int& value) {
    if (text_.size() < count) return false;
    value = 0;
    for (size_t i = 0; i < count; ++i) {
      if (!IsDigit(text_[i])) return false;
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(count);
    return true;
  }
  // Behind the point: one digit or more, in microseconds.
  bool TakeFraction(int64_t& micros) {
    int64_t unit = 100000;
    size_t count = 0;
    for (micros = 0; count < text_.size() && IsDigit(text_[count]); ++count, unit /= 10) {
      if (unit == 0 && text_[count] != '0') return false;
      micros += unit * (text_[count] - '0');
    }
    text_.remove_prefix(count);
    return count > 0;
  }

 private:
  std::string_view text_;
};

// Howard Hinnant's days_from_civil: years start in March, eras have 400 years.
int32_t DaysFromCivil(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = year / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool TakeDate(Parts& parts, int32_t& days) {
  int year, month, day;
  if (!parts.TakeDigits(4, year) || !parts.Take('-') || !parts.TakeDigits(2, month) ||
      !parts.Take('-') || !parts.TakeDigits(2, day)) {
    return false;
  }
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > DaysInMonth(year, month))
    return false;
  days = DaysFromCivil(year, month, day);
  return true;
}

bool TakeTime(Parts& parts, int64_t& micros) {
  int hour, minute, second = 0;
  int64_t fraction = 0;
  if (!parts.TakeDigits(2, hour) || !parts.Take(':') || !parts.TakeDigits(2, minute)) return false;
  if (parts.Take(':')) {
    if (!parts.TakeDigits(2, second)) return false;
    if (parts.Take('.') && !parts.TakeFraction(fraction)) return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  micros = (int64_t{hour} * 3600 + int64_t{minute} * 60 + second) * 1000000 + fraction;
  return true;
}

bool TakeZone(Parts& parts, int64_t& micros) {
  if (parts.Take('Z') || parts.Take('z')) {
    micros = 0;
    return true;
  }
  const bool west = parts.Take('-');
  if (!west && !parts.Take('+')) return false;
  int hours, minutes = 0;
  if (!parts.TakeDigits(2, hours)) return false;
  if (!parts.empty()) {
    parts.Take(':');
    if (!parts.TakeDigits(2, minutes)) return false;
  }
  if (hours > 23 || minutes > 59) return false;
  micros = (int64_t{hours} * 3600 + int64_t{minutes} * 60) * (west ? -1000000 : 1000000);
  return true;
}

}  // namespace

bool ParseInt64(std::string_view text, int64_t& value) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty()) return false;
  if (text.size() > 18) {  // may overflow: the careful way
    if (!IsDigit(text.front())) return false;
    if (negative) text = {text.data() - 1, text.size() + 1};
    const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    return fault == std::errc() && stop == text.data() + text.size();
  }
  int64_t sum = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return false;
    sum = sum * 10 + (c - '0');
  }
  value = negative ? -sum : sum;
  return true;
}

bool ParseFloat64(std::string_view text, double& value) {
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc() && stop == text.data() + text.size() && std::isfinite(value);
}

bool ParseBool(std::string_view text, bool& value) {
  const auto is = [&](std::string_view word) {
    if (text.size() != word.size()) return false;
    for (size_t i = 0; i < word.size(); ++i) {
      if ((text[i] | 0x20) != word[i]) return false;
    }
    return true;
  };
  value = text == "1" || is("true");
  return value || text == "0" || is("false");
}

bool ParseDate(std::string_view text, int32_t& days) {
  Parts parts(text);
  return TakeDate(parts, days) && parts.empty();
}

bool ParseTimestamp(std::string_view text, bool with_zone, int64_t& micros) {
  Parts parts(text);
  int32_t days;
  int64_t time, zone = 0;
  if (!TakeDate(parts, days)) return false;
  if (!parts.Take('T') && !parts.Take(' ') && !parts.Take('t')) return false;
  if (!TakeTime(parts, time)) return false;
  if (with_zone && !TakeZone(parts, zone)) return false;
  if (!parts.empty()) return false;
  micros = int64_t{days} * 86400000000 + time - zone;
  return true;
}

}  // namespace connhost::csv
