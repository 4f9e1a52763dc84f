#include "host/worker/sandbox.h"

#include <sys/prctl.h>
#include <unistd.h>

#include "base/error.h"
#include "host/worker/landlock.h"
#include "host/worker/process_setup.h"
#include "host/worker/syscall_filter.h"

namespace connhost {
namespace {

constexpr int kGuardsSize = 3;  // the revision of Landlock that knows truncate

const char* Word(bool flag) {
  return flag ? "true" : "false";
}

LandlockGrants GrantsOf(const Hello& hello, int library) {
  LandlockGrants grants{library, hello.read_paths, hello.write_paths, hello.ports};
  grants.write_paths.push_back(hello.scratch);
  return grants;
}

}  // namespace

std::string EnterSandbox(const Hello& hello, int library) {
  if (::chdir(hello.scratch.c_str()) != 0) {
    throw ErrnoError(ErrorKind::kConfig, "enter the scratch folder " + hello.scratch);
  }
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    throw ErrnoError(ErrorKind::kInternal, "no_new_privs");
  }
  const uint64_t memory = LimitResources(hello.memory_bytes, hello.cpu_seconds);
  const int landlock = LandlockRevision();
  RestrictFiles(landlock, GrantsOf(hello, library));
  DropCapabilities(landlock > 0);
  const bool seccomp = RefuseSyscalls({!hello.ports.empty(), landlock >= kGuardsSize});
  return "{\"landlock\":" + std::to_string(landlock) + ",\"seccomp\":" + Word(seccomp) +
         ",\"no_new_privs\":true,\"memory_limit\":" + std::to_string(memory) +
         ",\"cpu_limit\":" + std::to_string(hello.cpu_seconds) +
         ",\"network\":" + Word(!hello.ports.empty()) + "}";
}

}  // namespace connhost
