// Semantic versions (https://semver.org, 2.0.0).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connhost {

struct Version {
  uint64_t major = 0;
  uint64_t minor = 0;
  uint64_t patch = 0;
  std::vector<std::string> prerelease;  // "rc", "1" of 1.0.0-rc.1; empty for a release
  std::string build;                    // "x5" of 1.0.0+x5; has no part in precedence

  std::string ToString() const;
};

// Precedence of semver 11: 1.0.0-rc.1 < 1.0.0 < 1.0.1; build metadata is left aside, so equal
// means "of the same precedence".
std::weak_ordering operator<=>(const Version& a, const Version& b);
bool operator==(const Version& a, const Version& b);

// nullopt for anything but a strict version: three numbers without leading zeros that fit 64 bits.
std::optional<Version> TryParseVersion(std::string_view text);

// The same; throws Error{kConfig} with a sentence.
Version ParseVersion(std::string_view text);

}  // namespace connhost
