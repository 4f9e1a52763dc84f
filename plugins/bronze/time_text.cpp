#include "time_text.h"

#include <chrono>
#include <cstdio>
#include <cstring>

#include "digits.h"

namespace connhost::bronze {

namespace {

constexpr int64_t kMicrosOfDay = int64_t{86400} * 1000000;
// The calendar repeats every 400 years; std::chrono knows no year beyond 32767.
constexpr int64_t kCycleDays = 146097;
constexpr int64_t kCycleYears = 400;

int64_t FloorDivide(int64_t value, int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

void FormatDay(int64_t days, DayText& cache) {
  using namespace std::chrono;
  const int64_t cycle = FloorDivide(days, kCycleDays);
  const year_month_day date{
      sys_days{std::chrono::days{static_cast<int>(days - cycle * kCycleDays)}}};
  const long long year = static_cast<int>(date.year()) + cycle * kCycleYears;
  const char* sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  cache.day = days;
  cache.size = static_cast<uint8_t>(std::snprintf(
      cache.text, sizeof cache.text, "%s%04lld-%02u-%02u", sign, year < 0 ? -year : year,
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())));
}

char* CopyDay(char* out, int64_t days, DayText& cache) {
  if (cache.day != days) FormatDay(days, cache);
  std::memcpy(out, cache.text, sizeof cache.text);
  return out + cache.size;
}

}  // namespace

char* WriteDate(char* out, int64_t days, DayText& cache) {
  *out++ = '"';
  out = CopyDay(out, days, cache);
  *out++ = '"';
  return out;
}

char* WriteTimestamp(char* out, int64_t micros, bool utc, DayText& cache) {
  const int64_t days = FloorDivide(micros, kMicrosOfDay);
  const int64_t remainder = micros % kMicrosOfDay;
  const auto rest = static_cast<uint64_t>(remainder < 0 ? remainder + kMicrosOfDay : remainder);
  const auto seconds = static_cast<uint32_t>(rest / 1000000);
  const auto fraction = static_cast<uint32_t>(rest % 1000000);
  *out++ = '"';
  out = CopyDay(out, days, cache);
  std::memcpy(out, "T00:00:00.000000Z\"", 18);
  WritePair(out + 1, seconds / 3600);
  WritePair(out + 4, seconds / 60 % 60);
  WritePair(out + 7, seconds % 60);
  WritePair(out + 10, fraction / 10000);
  WritePair(out + 12, fraction / 100 % 100);
  WritePair(out + 14, fraction % 100);
  if (!utc) out[16] = '"';
  return out + (utc ? 18 : 17);
}

}  // namespace connhost::bronze
