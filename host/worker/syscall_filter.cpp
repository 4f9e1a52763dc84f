#include "host/worker/syscall_filter.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>
#include <memory>
#include <string>

#include "base/error.h"

namespace connhost {
namespace {

constexpr uint32_t kRefuse = SCMP_ACT_ERRNO(EPERM);

// A name that this libseccomp does not know is passed over.
constexpr const char* kRefused[] = {
    // other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease",
    "kcmp", "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "tkill", "migrate_pages",
    "move_pages", "setpriority", "ioprio_set", "shmget", "shmat", "shmctl", "msgget", "msgctl",
    "semget", "semctl", "mq_open", "mq_unlink",
    // new processes and programs
    "fork", "vfork", "execve", "execveat", "unshare", "setns", "personality",
    // the system
    "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount", "fsopen", "fsconfig",
    "fsmount", "fspick", "mount_setattr", "bpf", "perf_event_open", "keyctl", "add_key",
    "request_key", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
    "reboot", "swapon", "swapoff", "acct", "quotactl", "quotactl_fd", "sethostname",
    "setdomainname", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "iopl", "ioperm",
    "modify_ldt", "syslog", "vhangup", "lookup_dcookie", "fanotify_init", "userfaultfd",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "open_by_handle_at",
    "name_to_handle_at",
    // attributes of files, which Landlock does not guard
    "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat", "setxattr",
    "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr",
    "removexattrat", "utime", "utimes", "futimesat", "utimensat"};

class Filter {
 public:
  Filter() : context_(::seccomp_init(SCMP_ACT_ALLOW), &::seccomp_release) {
    if (context_ == nullptr) throw Error(ErrorKind::kInternal, "make a seccomp filter");
    Check(::seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_NNP, 0), "seccomp attributes");
    Check(::seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_TSYNC, 1), "seccomp attributes");
    // A binary tree: the lists are walked on every system call.
    Check(::seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2), "seccomp attributes");
  }

  void Add(uint32_t action, const char* name, std::initializer_list<scmp_arg_cmp> when = {}) {
    const int number = ::seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR || number < 0) return;
    Check(::seccomp_rule_add_array(context_.get(), action, number,
                                   static_cast<unsigned>(when.size()), when.begin()),
          name);
  }

  bool Load() {
    const int failure = ::seccomp_load(context_.get());
    if (failure == -EINVAL || failure == -ENOSYS) return false;
    Check(failure, "load the seccomp filter");
    return true;
  }

 private:
  static void Check(int failure, const char* what) {
    if (failure == 0) return;
    errno = -failure;
    throw ErrnoError(ErrorKind::kInternal, what);
  }

  std::unique_ptr<void, decltype(&::seccomp_release)> context_;
};

scmp_arg_cmp Equal(unsigned argument, uint64_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, 0xffffffffU, value};
}

scmp_arg_cmp NotEqual(unsigned argument, uint64_t value) {
  return {argument, SCMP_CMP_NE, value, 0};
}

scmp_arg_cmp Masked(unsigned argument, uint64_t mask, uint64_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

// Threads yes, processes and namespaces no.
void RefuseProcesses(Filter* filter) {
  filter->Add(kRefuse, "clone", {Masked(0, CLONE_THREAD, 0)});
  for (const uint64_t flag : {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
                              CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET}) {
    filter->Add(kRefuse, "clone", {Masked(0, flag, flag)});
  }
  // Its flags lie in memory, where a filter cannot look; ENOSYS makes libraries use clone.
  filter->Add(SCMP_ACT_ERRNO(ENOSYS), "clone3");
}

void RefuseOtherProcesses(Filter* filter) {
  const auto self = static_cast<uint64_t>(::getpid());
  for (const char* name : {"kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"}) {
    filter->Add(kRefuse, name, {NotEqual(0, self)});
  }
  for (const char* name : {"prlimit64", "sched_setaffinity", "sched_setscheduler", "sched_setparam",
                           "sched_setattr"}) {
    filter->Add(kRefuse, name, {NotEqual(0, 0)});
  }
  // Would send SIGIO to any process of the user.
  for (const int command : {F_SETOWN, F_SETOWN_EX, F_SETSIG}) {
    filter->Add(kRefuse, "fcntl", {Equal(1, static_cast<uint64_t>(command))});
  }
}

// What would undo the set-up.
void RefuseUndoing(Filter* filter) {
  for (const int option : {PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_PTRACER}) {
    filter->Add(kRefuse, "prctl", {Equal(0, static_cast<uint64_t>(option))});
  }
  filter->Add(kRefuse, "ioctl", {Equal(1, TIOCSTI)});
}

// Kernels whose Landlock does not guard the size let a file that may be read be emptied.
void RefuseTruncation(Filter* filter, bool guarded) {
  filter->Add(SCMP_ACT_ERRNO(ENOSYS), "openat2");
  if (guarded) return;
  constexpr uint64_t kMask = O_TRUNC | O_ACCMODE;
  filter->Add(kRefuse, "truncate");
  filter->Add(kRefuse, "open", {Masked(1, kMask, O_TRUNC | O_RDONLY)});
  filter->Add(kRefuse, "openat", {Masked(2, kMask, O_TRUNC | O_RDONLY)});
}

void RefuseSockets(Filter* filter, bool network) {
  constexpr uint32_t kNoAccess = SCMP_ACT_ERRNO(EACCES);
  filter->Add(kNoAccess, "socketpair");
  if (!network) {
    filter->Add(kNoAccess, "socket");
    return;
  }
  // The families between and beside IPv4 (2) and IPv6 (10).
  filter->Add(kNoAccess, "socket", {{0, SCMP_CMP_LT, AF_INET, 0}});
  for (uint64_t family = AF_INET + 1; family < AF_INET6; ++family) {
    filter->Add(kNoAccess, "socket", {{0, SCMP_CMP_EQ, family, 0}});
  }
  filter->Add(kNoAccess, "socket", {{0, SCMP_CMP_GT, AF_INET6, 0}});
}

}  // namespace

bool RefuseSyscalls(const SyscallGrants& grants) {
  Filter filter;
  for (const char* name : kRefused) filter.Add(kRefuse, name);
  RefuseProcesses(&filter);
  RefuseOtherProcesses(&filter);
  RefuseUndoing(&filter);
  RefuseTruncation(&filter, grants.files_guard_size);
  RefuseSockets(&filter, grants.network);
  return filter.Load();
}

}  // namespace connhost
