// The one exception type of the host, and what each kind means to the person who reads it.
#pragma once

#include <stdexcept>
#include <string>

namespace connhost {

// What the host, or the person, does next. The first eight mirror the statuses of the plugin
// contract (plugin-api/include/connhost/plugin.h); the rest arise in the host alone.
enum class ErrorKind {
  kCancelled,    // asked to stop
  kConfig,       // a person must change a configuration, manifest or file
  kAuth,         // credentials are missing or refused
  kTransient,    // may work when tried again
  kThrottled,    // may work when tried again later
  kStaleCursor,  // the stored state is of no use any more: a full read is due
  kUnsupported,  // this connector, platform or version cannot do it
  kInternal,     // a fault of ours or of a connector
  kUsage,        // the command line is wrong
  kPolicy,       // refused by policy, digest or signature
};

// The standard name of a kind in tables, JSON and log lines: "config", "transient", ...
const char* ErrorKindName(ErrorKind kind);

// The process exit code a kind maps to (docs/operators.md, "Exit codes"): 1, 2, 3, 4 or 6.
int ExitCode(ErrorKind kind);

// A refusal. The message is a sentence: what was expected, what was found, where, what to do.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

// "open /x/y: No such file or directory", from errno as it stands at the call. A full disk is
// always kTransient, and the sentence says to make room.
Error ErrnoError(ErrorKind kind, const std::string& what);

}  // namespace connhost
