#include "manifests/version_range.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "manifests/finding.h"

namespace connhost {
namespace {

[[noreturn]] void Refuse(const std::string& whole) {
  throw Error(ErrorKind::kConfig,
              "expected a version range such as 1.0.0, ^1.0, ~1.2, 1.x, '>=1.0 <2' or *, found '" +
                  ShownText(whole) + "'");
}

bool IsWildcard(std::string_view text) {
  return text == "x" || text == "X" || text == "*";
}

// The lowest of all versions that begin with these numbers: its pre-releases lie below releases.
Version Floor(uint64_t major, uint64_t minor, uint64_t patch) {
  Version version;
  version.major = major;
  version.minor = minor;
  version.patch = patch;
  return version;
}

// An upper border: nothing of `version`, not even a pre-release, lies below it.
Version Border(Version version) {
  version.prerelease = {"0"};
  return version;
}

}  // namespace

// A version of which numbers may be missing at the end.
struct VersionRange::Partial {
  size_t numbers = 0;  // how many are given: 0 to 3
  Version version;     // missing ones are 0

  // The first version after all that have the first `kept` numbers.
  Version After(size_t kept) const {
    if (kept == 0) return Floor(std::numeric_limits<uint64_t>::max(), 0, 0);
    if (kept == 1) return Floor(version.major + 1, 0, 0);
    if (kept == 2) return Floor(version.major, version.minor + 1, 0);
    return Floor(version.major, version.minor, version.patch + 1);
  }
};

VersionRange::VersionRange(std::string_view text) : text_(text) {
  constexpr size_t kLongest = 256;
  if (text.size() > kLongest) Refuse(text_);
  std::string pending;  // a sign apart from its version, as in ">= 1.0"
  for (const std::string& word : Split(text, ' ')) {
    if (word.empty()) continue;
    const bool only_sign = word.find_first_not_of("<>=^~") == std::string::npos;
    if (only_sign && !pending.empty()) Refuse(text_);
    pending += word;
    if (only_sign) continue;
    Add(pending);
    pending.clear();
  }
  if (!pending.empty()) Refuse(text_);
}

VersionRange::Partial VersionRange::ParsePartial(std::string_view text, const std::string& whole) {
  Partial partial;
  if (const std::optional<Version> exact = TryParseVersion(text)) {
    partial.numbers = 3;
    partial.version = *exact;
    return partial;
  }
  const std::vector<std::string> parts = Split(text, '.');
  if (parts.size() > 3) Refuse(whole);
  uint64_t* const numbers[] = {&partial.version.major, &partial.version.minor,
                               &partial.version.patch};
  bool wild = false;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (IsWildcard(parts[i])) {
      wild = true;
      continue;
    }
    const char* end = parts[i].data() + parts[i].size();
    const bool leading_zero = parts[i].size() > 1 && parts[i].front() == '0';
    const auto [stop, fault] = std::from_chars(parts[i].data(), end, *numbers[i]);
    if (wild || leading_zero || fault != std::errc() || stop != end) Refuse(whole);
    partial.numbers = i + 1;
  }
  return partial;
}

void VersionRange::Add(std::string_view comparator) {
  const size_t start = std::min(comparator.find_first_not_of("<>=^~"), comparator.size());
  const std::string_view sign = comparator.substr(0, start);
  const Partial partial = ParsePartial(comparator.substr(start), text_);
  const uint64_t largest = std::numeric_limits<uint64_t>::max();
  const Version& version = partial.version;
  // The next version must exist for the borders above.
  if (version.major == largest || version.minor == largest || version.patch == largest) {
    Refuse(text_);
  }
  AddBounds(sign, partial);
}

void VersionRange::AddBounds(std::string_view sign, const Partial& partial) {
  const Version& version = partial.version;
  const bool exact = partial.numbers == 3;
  if (sign.empty() || sign == "=") {
    if (exact) {
      bounds_.push_back({Bound::Kind::kSame, version});
    } else {
      Between(version, partial.After(partial.numbers));
    }
  } else if (sign == "^") {
    const size_t given = partial.numbers;
    const size_t nonzero = version.major > 0 ? 1 : version.minor > 0 ? 2 : 3;
    Between(version, partial.After(std::min(nonzero, given)));
  } else if (sign == "~") {
    Between(version, partial.After(std::min<size_t>(partial.numbers, 2)));
  } else if (sign == ">=") {
    bounds_.push_back({Bound::Kind::kAtLeast, version});
  } else if (sign == "<") {
    bounds_.push_back({Bound::Kind::kBelow, exact ? version : Border(version)});
  } else if (sign == ">") {
    bounds_.push_back(exact ? Bound{Bound::Kind::kAbove, version}
                            : Bound{Bound::Kind::kAtLeast, partial.After(partial.numbers)});
  } else if (sign == "<=") {
    bounds_.push_back(exact ? Bound{Bound::Kind::kAtMost, version}
                            : Bound{Bound::Kind::kBelow, Border(partial.After(partial.numbers))});
  } else {
    Refuse(text_);
  }
}

void VersionRange::Between(const Version& low, const Version& high) {
  bounds_.push_back({Bound::Kind::kAtLeast, low});
  bounds_.push_back({Bound::Kind::kBelow, Border(high)});
}

bool VersionRange::Holds(const Bound& bound, const Version& version) {
  switch (bound.kind) {
    case Bound::Kind::kAtLeast:
      return version >= bound.version;
    case Bound::Kind::kAbove:
      return version > bound.version;
    case Bound::Kind::kBelow:
      return version < bound.version;
    case Bound::Kind::kAtMost:
      return version <= bound.version;
    case Bound::Kind::kSame:
      return version == bound.version;
  }
  return false;
}

bool VersionRange::Contains(const Version& version) const {
  const bool inside = std::all_of(bounds_.begin(), bounds_.end(),
                                  [&](const Bound& bound) { return Holds(bound, version); });
  if (!inside || version.prerelease.empty()) return inside;
  return std::any_of(bounds_.begin(), bounds_.end(), [&](const Bound& bound) {
    const Version& named = bound.version;
    return !named.prerelease.empty() && named.major == version.major &&
           named.minor == version.minor && named.patch == version.patch;
  });
}

}  // namespace connhost
