/* Asks the kernel for what guests do not have: "what" names it. */
#include "plugin_kit.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static int make_process(void) {
  pid_t pid = fork();
  if (pid == 0) _exit(0);
  return pid < 0;
}

static int run_program(void) {
  char* arguments[] = {(char*)"true", NULL};
  execv("/bin/true", arguments);
  return 1;
}

static int raise_limit(int resource) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return 1;
  limit.rlim_cur = limit.rlim_max = limit.rlim_max + 4096;
  return setrlimit(resource, &limit) != 0;
}

static int limit_parent(void) {
  struct rlimit none = {0, 0};
  return prlimit(getppid(), RLIMIT_NOFILE, &none, NULL) != 0;
}

static int connect_home(void) {
  struct sockaddr_in address;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return 1;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)atoi(kit_option("port")));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(fd, (struct sockaddr*)&address, sizeof address) != 0;
}

static int listen_home(void) {
  struct sockaddr_in address;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return 1;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  return bind(fd, (struct sockaddr*)&address, sizeof address) != 0;
}

static int pair_up(void) {
  int ends[2];
  return socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0;
}

static int attempt(const char* what) {
  if (strcmp(what, "fork") == 0) return make_process();
  if (strcmp(what, "exec") == 0) return run_program();
  if (strcmp(what, "kill parent") == 0) return kill(getppid(), SIGKILL) != 0;
  if (strcmp(what, "kill group") == 0) return kill(0, SIGKILL) != 0;
  if (strcmp(what, "kill all") == 0) return kill(-1, SIGTERM) != 0;
  if (strcmp(what, "trace parent") == 0) return ptrace(PTRACE_ATTACH, getppid(), 0, 0) != 0;
  if (strcmp(what, "limit parent") == 0) return limit_parent();
  if (strcmp(what, "raise files") == 0) return raise_limit(RLIMIT_NOFILE);
  if (strcmp(what, "raise memory") == 0) return raise_limit(RLIMIT_AS);
  if (strcmp(what, "raise core") == 0) return raise_limit(RLIMIT_CORE);
  if (strcmp(what, "outlive parent") == 0) return prctl(PR_SET_PDEATHSIG, 0) != 0;
  if (strcmp(what, "namespace") == 0) return unshare(CLONE_NEWUSER) != 0;
  if (strcmp(what, "mount") == 0) return mount("none", "/", "tmpfs", 0, NULL) != 0;
  if (strcmp(what, "io_uring") == 0) return syscall(SYS_io_uring_setup, 1, NULL) < 0;
  if (strcmp(what, "bpf") == 0) return syscall(SYS_bpf, 0, NULL, 0) < 0;
  if (strcmp(what, "keys") == 0) return syscall(SYS_keyctl, 0, -3, 0) < 0;
  if (strcmp(what, "shared memory") == 0) return syscall(SYS_shmget, 0, 4096, 01600) < 0;
  if (strcmp(what, "internet socket") == 0) return socket(AF_INET, SOCK_STREAM, 0) < 0;
  if (strcmp(what, "internet 6 socket") == 0) return socket(AF_INET6, SOCK_DGRAM, 0) < 0;
  if (strcmp(what, "local socket") == 0) return socket(AF_UNIX, SOCK_STREAM, 0) < 0;
  if (strcmp(what, "netlink socket") == 0) return socket(AF_NETLINK, SOCK_RAW, 0) < 0;
  if (strcmp(what, "packet socket") == 0) return socket(AF_PACKET, SOCK_RAW, 0) < 0;
  if (strcmp(what, "socket pair") == 0) return pair_up();
  if (strcmp(what, "connect") == 0) return connect_home();
  if (strcmp(what, "listen") == 0) return listen_home();
  errno = EINVAL;
  return 1;
}

KIT_READ(read_asks) {
  char what[64];
  KIT_UNUSED();
  snprintf(what, sizeof what, "%s", kit_option("what"));
  return kit_report(what, attempt(what));
}

KIT_SOURCE(read_asks);
