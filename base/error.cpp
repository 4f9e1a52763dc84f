#include "base/error.h"

#include <cerrno>
#include <system_error>

namespace connhost {

const char* ErrorKindName(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kCancelled:
      return "cancelled";
    case ErrorKind::kConfig:
      return "config";
    case ErrorKind::kAuth:
      return "auth";
    case ErrorKind::kTransient:
      return "transient";
    case ErrorKind::kThrottled:
      return "throttled";
    case ErrorKind::kStaleCursor:
      return "stale_cursor";
    case ErrorKind::kUnsupported:
      return "unsupported";
    case ErrorKind::kInternal:
      return "internal";
    case ErrorKind::kUsage:
      return "usage";
    case ErrorKind::kPolicy:
      return "policy";
  }
  return "internal";
}

int ExitCode(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return 2;
    case ErrorKind::kConfig:
      return 3;
    case ErrorKind::kAuth:
      return 4;
    case ErrorKind::kPolicy:
      return 6;
    default:
      return 1;
  }
}

Error ErrnoError(ErrorKind kind, const std::string& what) {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  const std::string sentence = what + ": " + std::generic_category().message(errno);
  if (!full) return Error(kind, sentence);
  return Error(ErrorKind::kTransient,
               sentence + "; free some space on that file system and try again");
}

}  // namespace connhost
