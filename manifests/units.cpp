#include "manifests/units.h"

#include <charconv>
#include <initializer_list>
#include <limits>

namespace connhost {
namespace {

struct Unit {
  std::string_view name;
  uint64_t factor;
};

std::optional<uint64_t> ParseAmount(std::string_view text, std::initializer_list<Unit> units) {
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || number == 0) return std::nullopt;
  const std::string_view name(stop, static_cast<size_t>(end - stop));
  for (const Unit& unit : units) {
    if (name != unit.name) continue;
    if (number > std::numeric_limits<uint64_t>::max() / unit.factor) return std::nullopt;
    return number * unit.factor;
  }
  return std::nullopt;
}

}  // namespace

std::optional<uint64_t> ParseSize(std::string_view text) {
  return ParseAmount(
      text, {{"KiB", uint64_t{1} << 10}, {"MiB", uint64_t{1} << 20}, {"GiB", uint64_t{1} << 30}});
}

std::optional<uint64_t> ParseSeconds(std::string_view text) {
  return ParseAmount(text, {{"s", 1}, {"m", 60}, {"h", 3600}});
}

}  // namespace connhost
