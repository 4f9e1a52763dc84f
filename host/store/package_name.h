// The three facts in a package's file name. Format: docs/formats/package.md, "The name".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace connhost {

inline constexpr std::string_view kPackageSuffix = ".connpkg";

struct PackageName {
  std::string id;
  std::string version;
  std::string platform;

  std::string FileName() const;  // "csv-1.0.0-linux-x86_64.connpkg"
  bool operator==(const PackageName&) const = default;
};

// Takes a file name (no folder) apart; nothing when it does not follow the grammar. The version is
// not checked further than its place: the manifest's reader does that.
std::optional<PackageName> ParsePackageName(std::string_view file_name);

}  // namespace connhost
