#include "registry/version_order.h"

#include <algorithm>

namespace connhost {
namespace {

// Cuts `text` at the first `separator` and returns what stood before it.
std::string_view Cut(std::string_view& text, char separator) {
  const size_t at = std::min(text.find(separator), text.size());
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return head;
}

bool IsNumber(std::string_view part) {
  return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
}

int CompareParts(std::string_view left, std::string_view right) {
  if (!IsNumber(left) || !IsNumber(right)) {
    if (IsNumber(left) != IsNumber(right)) return IsNumber(left) ? -1 : 1;
    return left.compare(right);
  }
  left.remove_prefix(std::min(left.find_first_not_of('0'), left.size()));
  right.remove_prefix(std::min(right.find_first_not_of('0'), right.size()));
  if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
  return left.compare(right);
}

int CompareDotted(std::string_view left, std::string_view right) {
  while (!left.empty() && !right.empty()) {
    const int order = CompareParts(Cut(left, '.'), Cut(right, '.'));
    if (order != 0) return order;
  }
  return static_cast<int>(!left.empty()) - static_cast<int>(!right.empty());
}

}  // namespace

int CompareVersions(std::string_view left, std::string_view right) {
  std::string_view left_build = left;
  std::string_view right_build = right;
  std::string_view left_prerelease = Cut(left_build, '+');
  std::string_view right_prerelease = Cut(right_build, '+');
  const std::string_view left_release = Cut(left_prerelease, '-');
  const std::string_view right_release = Cut(right_prerelease, '-');
  if (const int order = CompareDotted(left_release, right_release); order != 0) return order;
  if (left_prerelease.empty() != right_prerelease.empty()) return left_prerelease.empty() ? 1 : -1;
  if (const int order = CompareDotted(left_prerelease, right_prerelease); order != 0) return order;
  return CompareDotted(left_build, right_build);
}

}  // namespace connhost
