#include "tests/registry/child_process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <vector>

#include "base/error.h"

namespace connhost {

Pipe::Pipe() {
  int ends[2];
  if (::pipe(ends) != 0) throw ErrnoError(ErrorKind::kInternal, "pipe");
  read = UniqueFd(ends[0]);
  write = UniqueFd(ends[1]);
}

pid_t Fork(const std::function<void()>& body) {
  const pid_t child = ::fork();
  if (child < 0) throw ErrnoError(ErrorKind::kInternal, "fork");
  if (child > 0) return child;
  try {
    body();
    ::_exit(0);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "child: %s\n", error.what());
    ::_exit(1);
  }
}

int WaitFor(pid_t child) {
  int status = 0;
  if (::waitpid(child, &status, 0) != child) throw ErrnoError(ErrorKind::kInternal, "waitpid");
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

void KillAndWait(pid_t child) {
  ::kill(child, SIGKILL);
  WaitFor(child);
}

int RunAtOnce(int count, const std::function<void(int number)>& body) {
  Pipe gate;
  std::vector<pid_t> children;
  for (int number = 0; number < count; ++number) {
    children.push_back(Fork([&] {
      gate.write.Reset();
      char byte = 0;
      if (::read(gate.read.get(), &byte, 1) != 0) throw ErrnoError(ErrorKind::kInternal, "gate");
      body(number);
    }));
  }
  gate.write.Reset();
  int failed = 0;
  for (const pid_t child : children) failed += WaitFor(child) == 0 ? 0 : 1;
  return failed;
}

}  // namespace connhost
