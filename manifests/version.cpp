#include "manifests/version.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "manifests/finding.h"

namespace connhost {
namespace {

bool IsNumeric(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool HasLeadingZero(std::string_view text) {
  return text.size() > 1 && text.front() == '0';
}

bool IsIdentifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

bool ReadNumber(std::string_view text, uint64_t& number) {
  if (!IsNumeric(text) || HasLeadingZero(text)) return false;
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
}

// Numbers by value (of any length), then by text; a number is below a text.
std::weak_ordering CompareIdentifiers(const std::string& a, const std::string& b) {
  const bool a_numeric = IsNumeric(a);
  const bool b_numeric = IsNumeric(b);
  if (a_numeric != b_numeric) {
    return a_numeric ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  if (a_numeric && a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

std::weak_ordering ComparePrereleases(const Version& a, const Version& b) {
  if (a.prerelease.empty() || b.prerelease.empty()) {
    return a.prerelease.empty() <=> b.prerelease.empty();
  }
  const size_t common = std::min(a.prerelease.size(), b.prerelease.size());
  for (size_t i = 0; i < common; ++i) {
    const auto order = CompareIdentifiers(a.prerelease[i], b.prerelease[i]);
    if (std::is_neq(order)) return order;
  }
  return a.prerelease.size() <=> b.prerelease.size();
}

bool TakeBuild(std::string_view& text, Version& version) {
  const size_t plus = text.find('+');
  if (plus == std::string_view::npos) return true;
  version.build = text.substr(plus + 1);
  text = text.substr(0, plus);
  const std::vector<std::string> parts = Split(version.build, '.');
  return std::all_of(parts.begin(), parts.end(), IsIdentifier);
}

bool TakePrerelease(std::string_view& text, Version& version) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return true;
  version.prerelease = Split(text.substr(dash + 1), '.');
  text = text.substr(0, dash);
  return std::all_of(version.prerelease.begin(), version.prerelease.end(),
                     [](const std::string& part) {
                       return IsIdentifier(part) && !(IsNumeric(part) && HasLeadingZero(part));
                     });
}

}  // namespace

std::string Version::ToString() const {
  std::string text =
      std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
  for (size_t i = 0; i < prerelease.size(); ++i) text += (i == 0 ? "-" : ".") + prerelease[i];
  return build.empty() ? text : text + "+" + build;
}

std::weak_ordering operator<=>(const Version& a, const Version& b) {
  if (const auto order = a.major <=> b.major; std::is_neq(order)) return order;
  if (const auto order = a.minor <=> b.minor; std::is_neq(order)) return order;
  if (const auto order = a.patch <=> b.patch; std::is_neq(order)) return order;
  return ComparePrereleases(a, b);
}

bool operator==(const Version& a, const Version& b) {
  return std::is_eq(a <=> b);
}

std::optional<Version> TryParseVersion(std::string_view text) {
  constexpr size_t kLongest = 256;
  if (text.size() > kLongest) return std::nullopt;
  Version version;
  if (!TakeBuild(text, version) || !TakePrerelease(text, version)) return std::nullopt;
  const std::vector<std::string> numbers = Split(text, '.');
  const bool read = numbers.size() == 3 && ReadNumber(numbers[0], version.major) &&
                    ReadNumber(numbers[1], version.minor) && ReadNumber(numbers[2], version.patch);
  return read ? std::optional(version) : std::nullopt;
}

Version ParseVersion(std::string_view text) {
  if (std::optional<Version> version = TryParseVersion(text)) return *version;
  throw Error(
      ErrorKind::kConfig,
      "expected a semantic version such as 1.0.0 or 2.1.0-rc.1, found '" + ShownText(text) + "'");
}

}  // namespace connhost
