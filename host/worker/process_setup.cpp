#include "host/worker/process_setup.h"

#include <linux/capability.h>
#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.h"

namespace connhost {
namespace {

constexpr rlim_t kOpenFiles = 256;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

void SetLimit(__rlimit_resource resource, rlim_t soft, rlim_t hard, const char* name) {
  const rlimit limit{soft, hard};
  if (::setrlimit(resource, &limit) != 0) throw ErrnoError(ErrorKind::kInternal, name);
}

// The wish, or what the process was started with when that is less.
rlim_t Capped(__rlimit_resource resource, rlim_t wish) {
  rlimit now{};
  if (::getrlimit(resource, &now) != 0 || now.rlim_max == RLIM_INFINITY) return wish;
  return wish < now.rlim_max ? wish : now.rlim_max;
}

}  // namespace

void FollowHost(int socket) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) ::_exit(1);
  ucred host{};
  socklen_t size = sizeof host;
  // A host in another process namespace has the number 0 here; then the end of the stream tells.
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &host, &size) == 0 && host.pid > 0 &&
      host.pid != ::getppid()) {
    ::_exit(1);
  }
}

void CloseDescriptorsAbove(int last) {
  if (::syscall(SYS_close_range, last + 1, ~0U, 0) == 0) return;
  const int most = static_cast<int>(::sysconf(_SC_OPEN_MAX));
  for (int fd = last + 1; fd < most; ++fd) ::close(fd);
}

void HideProcess() {
  ::prctl(PR_SET_DUMPABLE, 0);
}

void DropCapabilities(bool landlocked) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct had[2] = {};
  if (::syscall(SYS_capget, &header, had) != 0) {
    throw ErrnoError(ErrorKind::kInternal, "capget");
  }
  __user_cap_data_struct kept[2] = {};
  if (landlocked) {
    kept[0].permitted = had[0].permitted & (1U << CAP_DAC_OVERRIDE);
    kept[0].effective = kept[0].permitted;
  }
  if (::syscall(SYS_capset, &header, kept) != 0) {
    throw ErrnoError(ErrorKind::kInternal, "capset");
  }
}

uint64_t LimitResources(uint64_t memory_bytes, uint64_t cpu_seconds) {
  SetLimit(RLIMIT_CORE, 0, 0, "limit the core file");
  const rlim_t files = Capped(RLIMIT_NOFILE, kOpenFiles);
  SetLimit(RLIMIT_NOFILE, files, files, "limit the open files");
  if (cpu_seconds > 0) {
    const rlim_t seconds = Capped(RLIMIT_CPU, cpu_seconds + 1);
    SetLimit(RLIMIT_CPU, cpu_seconds < seconds ? cpu_seconds : seconds, seconds, "limit the CPU");
  }
  // Each further arena reserves 64 MiB of the address space that is limited here.
  ::mallopt(M_ARENA_MAX, 2);  // NOLINT(concurrency-mt-unsafe): there is one thread so far
  if (kSanitized || memory_bytes == 0) return 0;
  const rlim_t bytes = Capped(RLIMIT_AS, memory_bytes);
  SetLimit(RLIMIT_AS, bytes, bytes, "limit the memory");
  return bytes;
}

}  // namespace connhost
