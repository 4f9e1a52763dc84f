#include "host/fetch/fetch_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/files.h"

extern char** environ;

namespace connhost {
namespace {

constexpr size_t kMostAnswerBytes = size_t{64} << 10;

struct Pipe {
  UniqueFd out;
  UniqueFd in;
};

Pipe NewPipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw ErrnoError(ErrorKind::kTransient, "make a pipe");
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

pid_t Spawn(const std::string& program, int input, int output) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  char* const words[] = {const_cast<char*>("connhost-fetch"), nullptr};
  pid_t child = 0;
  const int fault = ::posix_spawn(&child, program.c_str(), &actions, nullptr, words, environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (fault == 0) return child;
  errno = fault;
  throw ErrnoError(ErrorKind::kInternal, "start " + program);
}

std::string ReadAnswer(int fd) {
  std::string answer;
  char block[4096];
  while (answer.size() <= kMostAnswerBytes) {
    const ssize_t got = ::read(fd, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    answer.append(block, static_cast<size_t>(got));
  }
  return answer;
}

int Wait(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

FetchAnswer Run(const std::string& program, const FetchRequest& request) {
  Pipe question = NewPipe();
  Pipe answer = NewPipe();
  const pid_t child = Spawn(program, question.out.get(), answer.in.get());
  question.out.Reset();
  answer.in.Reset();
  std::string text;
  try {
    WriteAll(question.in.get(), WriteFetchRequest(request), "the request");
    question.in.Reset();
    text = ReadAnswer(answer.out.get());
  } catch (const Error&) {
    // It went away before it read: its status below tells.
  }
  question.in.Reset();
  answer.out.Reset();
  const int status = Wait(child);
  if (WIFSIGNALED(status)) {
    throw Error(ErrorKind::kTransient, "download of " + request.url +
                                           ": connhost-fetch was ended by signal " +
                                           std::to_string(WTERMSIG(status)) + "; try again");
  }
  return ParseFetchAnswer(text);
}

}  // namespace

Fetch FetchWithProgram(std::string program) {
  return
      [program = std::move(program)](const FetchRequest& request) { return Run(program, request); };
}

}  // namespace connhost
