// The walls around the plugin, put up in one go before it is loaded. What a guest has and has not:
// docs/formats/sandbox.md.
#pragma once

#include <string>

#include "host/worker/hello.h"

namespace connhost {

// no_new_privs, limits, Landlock, capabilities, seccomp, and the scratch folder as the working
// folder. `library` is the descriptor the plugin will be loaded from. Returns what the kernel
// enforces, as READY reports it:
//   {"landlock":7,"seccomp":true,"no_new_privs":true,"memory_limit":536870912,"cpu_limit":0,
//    "network":false}
// Throws Error{kConfig} for a path that cannot be granted, else Error{kInternal}.
std::string EnterSandbox(const Hello& hello, int library);

}  // namespace connhost
