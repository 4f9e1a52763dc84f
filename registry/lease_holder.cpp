#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "registry/registry.h"

namespace connhost {
namespace {

struct ProcessStat {
  char state = 0;
  int64_t start = 0;
};

// The process's name stands in parentheses and may itself hold any byte, ")" and " " too: only
// what follows the last ")" can be split. proc(5) counts from 1: the state is field 3, the
// start 22.
std::optional<ProcessStat> ReadProcessStat(int64_t pid) try {
  const std::string text = ReadFile("/proc/" + std::to_string(pid) + "/stat");
  const size_t name_end = text.rfind(')');
  if (name_end == std::string::npos || name_end + 2 > text.size()) return std::nullopt;
  const auto fields = Split(std::string_view(text).substr(name_end + 2), ' ');
  if (fields.size() < 20 || fields[0].empty()) return std::nullopt;
  return ProcessStat{fields[0][0], std::stoll(fields[19])};
} catch (const Error&) {
  return std::nullopt;
}

std::string BootId() {
  std::string id = ReadFile("/proc/sys/kernel/random/boot_id");
  id.erase(id.find_last_not_of(" \n") + 1);
  return id;
}

int64_t PidNamespace() {
  struct stat status {};
  if (::stat("/proc/self/ns/pid", &status) != 0) {
    throw ErrnoError(ErrorKind::kInternal, "stat /proc/self/ns/pid");
  }
  return static_cast<int64_t>(status.st_ino);
}

}  // namespace

LeaseHolder LeaseHolder::Current() {
  const int64_t pid = ::getpid();
  const auto stat = ReadProcessStat(pid);
  if (!stat) {
    throw Error(ErrorKind::kInternal,
                "/proc/" + std::to_string(pid) +
                    "/stat cannot be read: a run's lease needs it; mount /proc");
  }
  return {BootId(), PidNamespace(), pid, stat->start};
}

bool LeaseHolder::KnownDead() const {
  if (boot_id != BootId() || pid_namespace != PidNamespace() || pid <= 0) return false;
  if (const auto stat = ReadProcessStat(pid)) {
    return stat->start != pid_start || stat->state == 'Z' || stat->state == 'X';
  }
  // /proc may hide other users' processes; the signal check does not.
  return ::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH;
}

}  // namespace connhost
