// `install --locked`: what the lock file holds, and nothing else.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "host/cli/command.h"

namespace connhost {

// Installs what the lock file (--lock, else connhost.lock in CONNHOST_HOME) holds of `what`: a
// connector's name, a package file, or "" for all. Everything is looked up before anything is
// installed. Error{kPolicy} when something else would be installed or is installed already.
std::vector<InstallResult> InstallLocked(CommandContext& context, const std::string& what);

// The digests of the lock file that --lock names and of the one in CONNHOST_HOME; they may be
// absent, but not unreadable.
std::set<std::string> LockedDigests(CommandContext& context);

}  // namespace connhost
