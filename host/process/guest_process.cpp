#include "host/process/guest_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "host/wire/frame.h"

namespace connhost {
namespace {

constexpr int kSocket = 3;
constexpr int kAboveStandard = 16;  // where descriptors wait so that none overwrites another
constexpr int64_t kKillMillis = 5000;

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

Pipe MakePipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw ErrnoError(ErrorKind::kTransient, "pipe");
  Pipe pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
  ::fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK);
  return pipe;
}

UniqueFd MovedUp(const UniqueFd& fd) {
  UniqueFd moved(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kAboveStandard));
  if (!moved.valid()) throw ErrnoError(ErrorKind::kTransient, "duplicate a descriptor");
  return moved;
}

class SpawnSettings {
 public:
  SpawnSettings(int socket, int out, int err) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, err, STDERR_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, socket, kSocket);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    // A group of its own: Ctrl-C of a terminal is for the host, which then cancels its guests.
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

// Nothing of the host's environment reaches a guest but this: variables often hold secrets.
std::vector<std::string> GuestEnvironment() {
  std::vector<std::string> variables = {"LANG=C.UTF-8"};
  for (const char* name : {"TZ", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    const char* value = std::getenv(name);
    if (value != nullptr) variables.push_back(std::string(name) + "=" + value);
  }
  return variables;
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

GuestProcess::GuestProcess(const std::string& program, const std::string& name) {
  auto [host_end, guest_end] = MakeSocketPair();
  Pipe out = MakePipe();
  Pipe err = MakePipe();
  const UniqueFd socket = MovedUp(guest_end);
  const UniqueFd out_write = MovedUp(out.write);
  const UniqueFd err_write = MovedUp(err.write);
  const SpawnSettings settings(socket.get(), out_write.get(), err_write.get());
  std::vector<std::string> variables = GuestEnvironment();
  std::vector<char*> environment;
  environment.reserve(variables.size() + 1);
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);
  std::string program_name = program;
  std::string argument = name;
  char* arguments[] = {program_name.data(), argument.data(), nullptr};
  const int failure = ::posix_spawn(&pid_, program.c_str(), settings.actions(),
                                    settings.attributes(), arguments, environment.data());
  if (failure != 0) {
    errno = failure;
    throw ErrnoError(ErrorKind::kConfig, "start " + program);
  }
  pidfd_ = UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  socket_ = std::move(host_end);
  out_ = std::move(out.read);
  err_ = std::move(err.read);
}

GuestProcess::~GuestProcess() {
  Kill();
}

uint64_t GuestProcess::PeakMemory() const {
  if (ended_) return 0;
  try {
    const std::string status = ReadFile("/proc/" + std::to_string(pid_) + "/status");
    const size_t at = status.find("VmHWM:");
    if (at == std::string::npos) return 0;
    return std::strtoull(status.c_str() + at + 6, nullptr, 10) << 10;
  } catch (const Error&) {
    return 0;
  }
}

bool GuestProcess::WaitEnd(int64_t millis) {
  const int64_t deadline = SteadyMillis() + millis;
  while (!ended_) {
    // Without a pidfd (before Linux 5.3) the end is asked for every few milliseconds.
    const int64_t left = std::max<int64_t>(deadline - SteadyMillis(), 0);
    pollfd poll{pidfd_.get(), POLLIN, 0};
    ::poll(&poll, 1, static_cast<int>(pidfd_.valid() ? left : std::min<int64_t>(left, 5)));
    Reap();
    if (!ended_ && left == 0) return false;
  }
  return true;
}

void GuestProcess::Kill() {
  if (ended_) return;
  ::kill(pid_, SIGKILL);
  WaitEnd(kKillMillis);
}

void GuestProcess::Reap() {
  int status = 0;
  rusage usage{};
  const pid_t got = ::wait4(pid_, &status, WNOHANG, &usage);
  if (got == 0 || (got < 0 && errno == EINTR)) return;
  ended_ = true;
  if (got < 0) return;
  end_.known = true;
  end_.wait_status = status;
  end_.cpu_seconds = Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
  end_.peak_memory_bytes = static_cast<uint64_t>(usage.ru_maxrss) << 10;
}

}  // namespace connhost
