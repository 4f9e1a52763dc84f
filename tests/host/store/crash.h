// Runs a piece of work in a child process, to kill it or to give it fewer rights.
#pragma once

#include <functional>

namespace connhost::testing {

// Forks; the child does the work and exits with 0, or with 1 when it throws (the sentence goes to
// stderr). The parent kills it (SIGKILL) after `micros` unless it ended before. True when it was
// killed.
bool RunAndKill(const std::function<void()>& work, unsigned micros);

// Forks, and returns the exit code of the child once it ended.
int RunInChild(const std::function<void()>& work);

}  // namespace connhost::testing
