// connhost.lock: exactly which packages an installation has. Format: docs/formats/lock.md.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace connhost {

inline constexpr std::string_view kLockFileName = "connhost.lock";
inline constexpr size_t kMostLockBytes = size_t{16} << 20;

struct LockedConnector {
  std::string version;
  std::string signer;                            // key id, "" unsigned or shipped
  std::map<std::string, std::string> platforms;  // "linux-x86_64" -> sha256
  bool operator==(const LockedConnector&) const = default;
};

using LockFile = std::map<std::string, LockedConnector>;  // by connector id

// Error{kConfig} with every fault; `what` names the file.
LockFile ParseLockFile(std::string_view text, const std::string& what);

// Sorted; the same content gives the same bytes.
std::string WriteLockFile(const LockFile& lock);

}  // namespace connhost
