#include "registry/sqlite/database_error.h"

#include <sqlite3.h>

#include <cerrno>
#include <system_error>

namespace connhost {
namespace {

bool IsOutOfRoom(sqlite3* handle, int code) {
  if ((code & 0xff) == SQLITE_FULL) return true;
  const int cause = handle == nullptr ? 0 : sqlite3_system_errno(handle);
  return (code & 0xff) == SQLITE_IOERR && (cause == ENOSPC || cause == EDQUOT);
}

// "disk I/O error (Input/output error)".
std::string Detail(sqlite3* handle, int code) {
  if (handle == nullptr) return sqlite3_errstr(code);
  const int cause = sqlite3_system_errno(handle);
  const std::string text = sqlite3_errmsg(handle);
  return cause == 0 ? text : text + " (" + std::generic_category().message(cause) + ")";
}

}  // namespace

Error DatabaseError(sqlite3* handle, int code, const std::string& path) {
  const std::string where = "the registry " + path + " ";
  if (IsOutOfRoom(handle, code)) {
    return {ErrorKind::kTransient, where +
                                       "cannot be written: no room is left on its disk; nothing "
                                       "was changed; free some room and try again"};
  }
  const std::string detail = Detail(handle, code);
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {ErrorKind::kTransient, where + "stays locked by another process (" + detail +
                                         "); nothing was changed; try again when it has ended"};
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
      return {ErrorKind::kTransient, where + "cannot be used: " + detail +
                                         "; nothing was changed; check the disk and try again"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return {ErrorKind::kConfig, where + "cannot be opened for writing: " + detail +
                                      "; its folder must exist and be writable by this user"};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {ErrorKind::kInternal, where + "is damaged or no SQLite database (" + detail +
                                        "); restore it from a backup, or move it away with "
                                        "its -wal and -shm files to start with an empty registry"};
    case SQLITE_CONSTRAINT:
      return {ErrorKind::kInternal, where + "refused a row: " + detail};
    default:
      return {ErrorKind::kInternal, where + "failed: " + detail};
  }
}

}  // namespace connhost
