#include "host/worker/landlock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

#include "base/error.h"
#include "base/files.h"

namespace connhost {
namespace {

// Declared here because the headers of a distribution are older than the kernels it runs on.
struct RulesetAttributes {
  uint64_t files;
  uint64_t ports;  // revision 4
  uint64_t scope;  // revision 6
};
struct [[gnu::packed]] PathRule {
  uint64_t allowed;
  int32_t parent;
};
struct PortRule {
  uint64_t allowed;
  uint64_t port;
};
constexpr unsigned kVersionQuery = 1;
constexpr int kPathBeneath = 1;
constexpr int kPort = 2;
constexpr int kKnowsPorts = 4;      // revision
constexpr uint16_t kNamePort = 53;  // where names are resolved by TCP

constexpr uint64_t kExecute = 1U << 0;
constexpr uint64_t kWriteFile = 1U << 1;
constexpr uint64_t kReadFile = 1U << 2;
constexpr uint64_t kReadFolder = 1U << 3;
constexpr uint64_t kRemoveFolder = 1U << 4;
constexpr uint64_t kRemoveFile = 1U << 5;
constexpr uint64_t kMakeFolder = 1U << 7;
constexpr uint64_t kMakeFile = 1U << 8;
constexpr uint64_t kRefer = 1U << 13;        // revision 2: rename and link between folders
constexpr uint64_t kTruncate = 1U << 14;     // revision 3
constexpr uint64_t kIoctl = 1U << 15;        // revision 5: on devices
constexpr uint64_t kFirst = (1U << 13) - 1;  // all of revision 1
constexpr uint64_t kBind = 1U << 0;
constexpr uint64_t kConnect = 1U << 1;
constexpr uint64_t kForeignSockets = 1U << 0;
constexpr uint64_t kForeignSignals = 1U << 1;

constexpr uint64_t kOnFiles = kExecute | kWriteFile | kReadFile | kTruncate | kIoctl;
constexpr uint64_t kRead = kReadFile | kReadFolder;
constexpr uint64_t kWrite =
    kRead | kWriteFile | kTruncate | kRemoveFolder | kRemoveFile | kMakeFolder | kMakeFile | kRefer;

constexpr const char* kEveryProgram[] = {
    "/usr/lib",         "/lib",           "/lib64",        "/usr/lib64",          "/usr/local/lib",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo", "/dev/null",
    "/dev/urandom",     "/dev/random",    "/dev/zero"};
constexpr const char* kNames[] = {
    "/etc/resolv.conf", "/etc/hosts",    "/etc/nsswitch.conf", "/etc/host.conf",
    "/etc/gai.conf",    "/etc/services", "/etc/ssl",           "/usr/share/ca-certificates"};

uint64_t HandledFiles(int revision) {
  uint64_t handled = kFirst;
  if (revision >= 2) handled |= kRefer;
  if (revision >= 3) handled |= kTruncate;
  if (revision >= 5) handled |= kIoctl;
  return handled;
}

UniqueFd CreateRuleset(int revision) {
  RulesetAttributes attributes{};
  attributes.files = HandledFiles(revision);
  size_t size = sizeof attributes.files;
  if (revision >= kKnowsPorts) {
    attributes.ports = kBind | kConnect;
    size += sizeof attributes.ports;
  }
  if (revision >= 6) {
    attributes.scope = kForeignSockets | kForeignSignals;
    size += sizeof attributes.scope;
  }
  const long made = ::syscall(SYS_landlock_create_ruleset, &attributes, size, 0U);
  if (made < 0) throw ErrnoError(ErrorKind::kInternal, "make a Landlock ruleset");
  return UniqueFd(static_cast<int>(made));
}

class Rules {
 public:
  explicit Rules(int revision)
      : revision_(revision), handled_(HandledFiles(revision)), ruleset_(CreateRuleset(revision)) {}

  void Allow(int fd, uint64_t rights, const std::string& path) {
    struct stat about {};
    if (::fstat(fd, &about) != 0) throw ErrnoError(ErrorKind::kConfig, "stat " + path);
    rights &= handled_;
    if (!S_ISDIR(about.st_mode)) rights &= kOnFiles;
    const PathRule rule{rights, fd};
    if (::syscall(SYS_landlock_add_rule, ruleset_.get(), kPathBeneath, &rule, 0U) != 0) {
      throw ErrnoError(ErrorKind::kInternal, "allow " + path + " in Landlock");
    }
  }

  void AllowIfThere(const std::string& path, uint64_t rights) {
    const UniqueFd fd(::open(path.c_str(), O_PATH | O_CLOEXEC));
    if (fd.valid()) Allow(fd.get(), rights, path);
  }

  void AllowPort(uint16_t port) {
    if (revision_ < kKnowsPorts) return;
    const PortRule rule{kConnect, port};
    if (::syscall(SYS_landlock_add_rule, ruleset_.get(), kPort, &rule, 0U) != 0) {
      throw ErrnoError(ErrorKind::kInternal, "allow port " + std::to_string(port) + " in Landlock");
    }
  }

  void Enforce() {
    if (::syscall(SYS_landlock_restrict_self, ruleset_.get(), 0U) != 0) {
      throw ErrnoError(ErrorKind::kInternal, "enforce Landlock");
    }
  }

 private:
  int revision_;
  uint64_t handled_;
  UniqueFd ruleset_;
};

}  // namespace

int LandlockRevision() {
  const long revision = ::syscall(SYS_landlock_create_ruleset, nullptr, size_t{0}, kVersionQuery);
  return revision > 0 ? static_cast<int>(revision) : 0;
}

void RestrictFiles(int revision, const LandlockGrants& grants) {
  if (revision == 0) return;
  Rules rules(revision);
  for (const char* path : kEveryProgram) rules.AllowIfThere(path, kRead);
  rules.AllowIfThere("/dev/null", kReadFile | kWriteFile);
  if (!grants.ports.empty()) {
    for (const char* path : kNames) rules.AllowIfThere(path, kRead);
    rules.AllowPort(kNamePort);
  }
  for (const uint16_t port : grants.ports) rules.AllowPort(port);
  rules.Allow(grants.library, kReadFile, "the plugin");
  for (const std::string& path : grants.read_paths) rules.AllowIfThere(path, kRead);
  for (const std::string& path : grants.write_paths) {
    rules.Allow(OpenFile(path, O_PATH).get(), kWrite, path);
  }
  rules.Enforce();
}

}  // namespace connhost
