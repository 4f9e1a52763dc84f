// A guest and the calls to it: spawns connhost-worker, speaks frames, watches, and turns every way
// a guest can end into a sentence.
//
// Threads: one session belongs to one thread (the kernel ends the guest when that thread ends).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "host/process/exit_sentence.h"
#include "host/wire/frame.h"
#include "manifests/manifest.h"

namespace connhost {

enum class WorkerRole { kDescribe, kSource, kDestination };

// What is started and what is granted. Everything not named here the guest does not have.
struct WorkerSpec {
  std::string worker_program;  // path of connhost-worker
  std::string connector;       // id, for sentences
  std::string library;         // path of the plugin
  std::string library_sha256;  // checked through the descriptor that is loaded
  WorkerRole role = WorkerRole::kDescribe;
  WorkerLimits limits;
  std::vector<std::string> read_paths;   // files, folders; absolute
  std::vector<std::string> write_paths;  // folders that exist; absolute
  std::string scratch_parent;            // where the guest's own folder is made
  std::vector<uint16_t> ports;           // of TCP, to connect to; empty: no network
  bool console = false;
};

// A line of the guest: from its log calls, its stdout or stderr.
struct GuestLine {
  std::string origin;  // "log", "stdout", "stderr"
  int level = 1;       // CONNHOST_LOG_*
  std::string text;    // valid UTF-8, at most 8 KiB
};

// How a guest ended, for the run's record.
struct GuestExit {
  bool clean = false;    // exit code 0 after CLOSE
  std::string sentence;  // "connector csv was killed by signal 11 (SIGSEGV) ...; last lines: ..."
  double cpu_seconds = 0;
  uint64_t peak_memory_bytes = 0;
};

// A status that a guest's call returned, with its kind (base/error.h) and sentence.
class GuestError : public Error {
 public:
  GuestError(ErrorKind kind, const std::string& sentence, uint64_t retry_after)
      : Error(kind, sentence), retry_after_ms(retry_after) {}
  uint64_t retry_after_ms;
};

// A guest that crashed, hung, left the protocol or died: Error{kTransient}, so that it is retried
// within the run's budget, and the sentence names the cause.
class GuestFault : public Error {
 public:
  explicit GuestFault(const std::string& sentence, EndCause why = EndCause::kBadFrame)
      : Error(ErrorKind::kTransient, sentence), cause(why) {}
  EndCause cause;
};

class WorkerSession {
 public:
  using LineSink = std::function<void(const GuestLine&)>;
  using ConsoleSink = std::function<void(std::string_view)>;

  // Spawns, sends HELLO and waits for READY. `cancel_fd` becomes readable when the run is cancelled
  // (-1: never). Throws GuestFault; GuestError{kPolicy} when the library's digest is wrong, of
  // another kind when the library is no plugin for this host; Error{kConfig} when the worker cannot
  // be started.
  WorkerSession(const WorkerSpec& spec, int cancel_fd, LineSink lines, ConsoleSink console = {});
  // The first half of that, without the wait, so that several guests start side by side:
  // AwaitReady comes before anything else. Throws Error{kConfig}.
  static std::unique_ptr<WorkerSession> Start(const WorkerSpec& spec, int cancel_fd, LineSink lines,
                                              ConsoleSink console = {});
  void AwaitReady();
  WorkerSession(const WorkerSession&) = delete;
  WorkerSession& operator=(const WorkerSession&) = delete;
  ~WorkerSession();  // kills what is still there and reaps it

  // READY's document: {"plugin":{...},"sandbox":{"landlock":7,"seccomp":true,...}}.
  const Json& ready() const;

  // The next frame that is not LOG, ALIVE or CONSOLE (those go to the sinks). Waits while the guest
  // gives signs of life; after the manifest's idle timeout without any: GuestFault. Throws
  // Error{kCancelled} once the cancelling descriptor is readable; a running call is told to end
  // then. The payload lives until the next call of the session but CheckResult.
  Frame Receive();

  // Sends one frame, waiting while the guest is busy; frames that arrive meanwhile are kept for
  // Receive (at most 64 MiB; a guest that sends more without reading is a fault). Same errors, and
  // the GuestError of a batch that has failed meanwhile. After kCancelled in the middle of a frame
  // only Close and Kill are left.
  void Send(FrameType type, uint64_t argument, std::string_view payload, uint16_t flags = 0);

  // Send, then frames until RESULT: each other frame goes to `on_frame`. A status other than OK is
  // thrown as GuestError with the kind of the status and "connector csv: SENTENCE". A frame that
  // the call cannot give rise to is a GuestFault.
  void Call(FrameType type, uint64_t argument, std::string_view payload, uint16_t flags = 0,
            const std::function<void(const Frame&)>& on_frame = {});
  // The second half of Call.
  void AwaitResult(const std::function<void(const Frame&)>& on_frame = {});

  // Throws the GuestError a RESULT frame stands for; returns on OK. The frame may be of any age.
  void CheckResult(const Frame& frame) const;

  // The next frame that has already arrived, without waiting; nullopt when there is none. Same
  // errors and lifetime as Receive.
  std::optional<Frame> Poll();

  // From now on another descriptor cancels (-1: none). Without `ask_guest` the guest is not told:
  // Receive throws, and may be called again to go on with the running call.
  void WatchCancel(int fd, bool ask_guest = true);

  // Sends CLOSE, which also cancels a running call, drops what the guest still sends, waits at most
  // `grace` for the exit, then kills. Never throws. Once the guest has ended: how it did.
  GuestExit Close(std::chrono::milliseconds grace);
  // SIGKILL now. Never throws.
  GuestExit Kill();

  // Of the guest's process, -1 once it has ended: for looking at it in /proc.
  int pid() const;

  // Time spent waiting for the guest in Receive and in Send, for the run's record.
  int64_t receive_wait_micros() const;
  int64_t send_wait_micros() const;

 private:
  struct State;
  explicit WorkerSession(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Loads the plugin in a describing worker and tells who it says it is: READY's "plugin" object.
Json DescribePlugin(const WorkerSpec& spec);

}  // namespace connhost
