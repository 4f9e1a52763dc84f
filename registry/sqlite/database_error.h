// What an SQLite failure means to the person who reads it.
#pragma once

#include <string>

#include "base/error.h"

struct sqlite3;

namespace connhost {

// The Error of extended result code `code`, which the last call on `handle` (may be null) gave:
// kTransient when busy, out of room or at an I/O error; kConfig when the file cannot be opened or
// written; kInternal when it is damaged or a row breaks a rule of the schema. `path` names the
// file.
Error DatabaseError(sqlite3* handle, int code, const std::string& path);

}  // namespace connhost
