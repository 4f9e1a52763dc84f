// Who runs the program, for the audit log.
#pragma once

#include <string>

namespace connhost {

// "ada@host7"; "ada as root@host7" under sudo; the number of the user when it has no name.
std::string CurrentActor();

}  // namespace connhost
