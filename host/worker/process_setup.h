// What the worker changes about its own process before it lets a plugin in.
#pragma once

#include <cstdint>

namespace connhost {

// Ties this process to the host: SIGKILL when the thread that spawned it ends, and an exit at once
// when that has already happened. `socket` tells who the host is.
void FollowHost(int socket);

// Closes every descriptor above `last`.
void CloseDescriptorsAbove(int last);

// No core files, no reading through /proc by others, files readable by their owner alone.
void HideProcess();

// Gives up what a worker started by root would have beyond the files of that user. Keeps the right
// to pass file modes only where Landlock decides about files (`landlocked`).
void DropCapabilities(bool landlocked);

// RLIMIT_AS, RLIMIT_CPU, RLIMIT_NOFILE, RLIMIT_CORE; 0 means no limit. Returns the memory limit
// that is in force: 0 in builds with a sanitizer, which reserve terabytes of address space.
// Throws Error{kInternal}.
uint64_t LimitResources(uint64_t memory_bytes, uint64_t cpu_seconds);

}  // namespace connhost
