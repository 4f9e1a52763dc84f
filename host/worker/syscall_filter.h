// The system calls a guest is refused, by seccomp. What each list is for: docs/formats/sandbox.md.
#pragma once

namespace connhost {

struct SyscallGrants {
  bool network = false;           // may make sockets of IPv4 and IPv6
  bool files_guard_size = false;  // Landlock guards truncate (revision 3)
};

// Refuses, for good and for every thread, with EPERM (sockets: EACCES), so that a guest can say
// what it was not allowed. Returns false when the kernel has no seccomp filters. REQUIRES
// no_new_privs. Throws Error{kInternal}.
bool RefuseSyscalls(const SyscallGrants& grants);

}  // namespace connhost
