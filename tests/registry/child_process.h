// Child processes of tests, forked before they open anything.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "base/files.h"

namespace connhost {

// A pipe from a child, or to many, whose end of file is the signal.
struct Pipe {
  Pipe();
  UniqueFd read;
  UniqueFd write;
};

// Forks a child that runs `body` and exits with 0, or writes the exception's text to stderr and
// exits with 1. Returns its process id.
pid_t Fork(const std::function<void()>& body);

// Waits for the child's end: its exit code, or minus the signal that killed it.
int WaitFor(pid_t child);

// SIGKILL, then WaitFor.
void KillAndWait(pid_t child);

// Forks `count` children that all begin `body(number)` at the same moment, and waits for all.
// Returns how many ended otherwise than with exit code 0.
int RunAtOnce(int count, const std::function<void(int number)>& body);

}  // namespace connhost
