// The sentences with which packages are refused.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace connhost {

// A name from an untrusted package, fit for a terminal: quoted, every byte outside printable ASCII
// as \xNN, cut after 100 bytes.
std::string PrintableName(std::string_view name);

// Error{kPolicy}: "PACKAGE: PROBLEM; nothing of it was kept: ...".
Error RefusePackage(const std::string& package, const std::string& problem);

// The same about one entry: "PACKAGE: entry 'lib/x': PROBLEM; ...".
Error RefuseEntry(const std::string& package, std::string_view entry, const std::string& problem);

// Error{kTransient} from errno, with what to do where that is known (a full disk).
Error StorageError(const std::string& action);

}  // namespace connhost
