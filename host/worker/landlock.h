// Which files and ports a guest reaches, enforced by the kernel's Landlock where it has it.
// Source of the interface: the kernel's "Landlock: unprivileged access control".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace connhost {

struct LandlockGrants {
  int library = -1;                      // descriptor of the plugin, to be read
  std::vector<std::string> read_paths;   // files, folders; what does not exist is passed over
  std::vector<std::string> write_paths;  // folders or files that exist
  std::vector<uint16_t> ports;           // of TCP, to connect to; empty: no network
};

// The revision of Landlock in the running kernel, 0 without it.
int LandlockRevision();

// Restricts this process, for good, to `grants` and to what every program needs: the system's
// libraries, time zones, /dev/null and the sources of randomness; with ports also port 53 and the
// files that resolve names and hold the trusted certificates. Nobody may listen. Does nothing at
// revision 0. REQUIRES no_new_privs. Throws Error{kConfig} for a write path that cannot be opened.
void RestrictFiles(int revision, const LandlockGrants& grants);

}  // namespace connhost
