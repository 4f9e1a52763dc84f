// The process of one guest: starts it, waits for it with a bound, kills it, reaps it.
//
// Threads: belongs to the thread that made it. The guest asks the kernel to be killed when that
// thread ends, so a session must not outlive the thread that opened it.
#pragma once

#include <string>

#include "base/files.h"

namespace connhost {

// What the kernel tells about a process that has ended.
struct ProcessEnd {
  bool known = false;   // false: somebody else reaped it
  int wait_status = 0;  // as of wait4
  double cpu_seconds = 0;
  uint64_t peak_memory_bytes = 0;
};

class GuestProcess {
 public:
  // Starts `program` in a process group of its own with the socket as descriptor 3, its stdout and
  // stderr as pipes, its stdin empty, and an environment of LANG, TZ and the options of sanitizers.
  // `name` is its argument, for people who list processes. Throws Error{kConfig} when the program
  // cannot be started.
  GuestProcess(const std::string& program, const std::string& name);
  GuestProcess(const GuestProcess&) = delete;
  GuestProcess& operator=(const GuestProcess&) = delete;
  ~GuestProcess();  // kills and reaps

  // The host's ends; each may be taken once. The pipes do not block.
  UniqueFd TakeSocket() { return std::move(socket_); }
  UniqueFd TakeOut() { return std::move(out_); }
  UniqueFd TakeErr() { return std::move(err_); }

  int pid() const { return pid_; }
  // Readable once the guest has ended.
  int pidfd() const { return pidfd_.get(); }
  // The most memory that was resident until now, in bytes; 0 when it cannot be told.
  uint64_t PeakMemory() const;

  // Waits at most so long; true when the guest has ended and is reaped.
  bool WaitEnd(int64_t millis);
  void Kill();
  const ProcessEnd& end() const { return end_; }

 private:
  void Reap();

  UniqueFd socket_;
  UniqueFd out_;
  UniqueFd err_;
  UniqueFd pidfd_;
  int pid_ = -1;
  bool ended_ = false;
  ProcessEnd end_;
};

}  // namespace connhost
