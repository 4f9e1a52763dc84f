#include "crash.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

namespace connhost::testing {
namespace {

pid_t Start(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  int code = 0;
  try {
    work();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "child: %s\n", error.what());
    code = 1;
  }
  ::_exit(code);
}

int WaitFor(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

}  // namespace

bool RunAndKill(const std::function<void()>& work, unsigned micros) {
  const pid_t child = Start(work);
  const timespec delay{0, static_cast<long>(micros) * 1000};
  ::nanosleep(&delay, nullptr);
  ::kill(child, SIGKILL);
  return WIFSIGNALED(WaitFor(child));
}

int RunInChild(const std::function<void()>& work) {
  const int status = WaitFor(Start(work));
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace connhost::testing
