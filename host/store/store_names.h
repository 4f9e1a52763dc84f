// The names that occur in a store's folder. Format: docs/formats/store.md.
#pragma once

#include <string>
#include <string_view>

#include "host/store/sums.h"

namespace connhost {

inline constexpr std::string_view kLockName = ".lock";
inline constexpr std::string_view kEntryPrefix = "sha256-";
inline constexpr std::string_view kStagingPrefix = ".staging-";
inline constexpr std::string_view kTrashPrefix = ".trash-";

// The digest in an entry's name, "" when it is not an entry's.
inline std::string DigestOfEntry(std::string_view name) {
  if (!name.starts_with(kEntryPrefix)) return "";
  name.remove_prefix(kEntryPrefix.size());
  return IsSha256Hex(name) ? std::string(name) : "";
}

}  // namespace connhost
