#include "base/time.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>

namespace connhost {
namespace {

std::tm Utc(int64_t micros) {
  const auto seconds = static_cast<std::time_t>(micros / 1000000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return parts;
}

}  // namespace

int64_t NowMicros() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

std::string FormatTime(int64_t micros) {
  const std::tm parts = Utc(micros);
  char date[32];
  std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
  char text[48];
  std::snprintf(text, sizeof text, "%s.%06dZ", date, static_cast<int>(micros % 1000000));
  return text;
}

std::optional<int64_t> ParseUtcTime(std::string_view text) {
  if (text.size() != 20) return std::nullopt;
  std::tm parts{};
  const char* end = ::strptime(std::string(text).c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  if (end == nullptr) return std::nullopt;
  const int64_t micros = int64_t{::timegm(&parts)} * 1000000;
  // strptime takes blanks, signs, a 31st of June and a 61st second: writing it again tells.
  if (FormatTime(micros).substr(0, 19) + "Z" != text) return std::nullopt;
  return micros;
}

std::string NewRunId() {
  static constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's base 32
  const std::tm parts = Utc(NowMicros());
  char stamp[24];
  std::strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%S", &parts);
  std::string id = std::string(stamp) + "-";
  std::random_device random;
  for (int i = 0; i < 8; ++i) id += kAlphabet[random() % 32];
  return id;
}

int64_t SteadyMillis() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace connhost
