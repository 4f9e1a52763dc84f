// The inside of a WorkerSession: one guest, what it runs, and what came from it.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>

#include "host/process/call_rules.h"
#include "host/process/exit_sentence.h"
#include "host/process/guest_lines.h"
#include "host/process/guest_process.h"
#include "host/process/scratch_folder.h"
#include "host/process/worker_session.h"

namespace connhost {

struct WorkerSession::State {
  State(const WorkerSpec& what, int cancel, LineSink line_sink, ConsoleSink console_sink);
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // Throws the fault again once the guest has ended.
  void RequireAlive() const;

  // A frame for the caller, if one is there now: frames for the sinks are delivered on the way.
  bool Take(Frame* frame);

  // Takes what is there and keeps it for a later Receive.
  void Keep();
  bool TakeKept(Frame* frame);
  // Throws the failure of an earlier batch, if one was kept.
  void CheckKept();

  // Finishes a small frame of the session itself. Throws Error{kCancelled} when the frame before
  // can never be finished.
  void FinishPending();
  void BeginCall(FrameType type);
  // Sends a whole frame, keeping what arrives meanwhile.
  void SendAll(FrameType type, uint16_t flags, uint64_t argument, std::span<const iovec> parts);

  // Waits until the socket is ready for one of `events`, reading the pipes meanwhile; adds the time
  // to `spent`. Throws GuestFault when the guest is idle for too long, Error{kCancelled}.
  void Wait(short events, int64_t* spent);
  // The same without waiting.
  void Look();

  void CheckResult(const Frame& frame);

  // Ends the guest for `cause` and throws the GuestFault that tells about it.
  [[noreturn]] void Fault(EndCause cause, const std::string& detail = {});
  // The end of the stream: the guest has ended, or has closed its connection.
  [[noreturn]] void StreamEnded();

  // CLOSE, as far as the socket takes it; true when the guest ended by itself in time.
  bool AskToEnd(int64_t grace_millis);
  // Makes sure that the guest is no more, and records how it ended.
  GuestExit Finish(EndCause cause, const std::string& detail = {}, int64_t grace_millis = 0);

  WorkerSpec spec;
  int cancel_fd;
  bool ask_guest = true;  // a cancelled call gets a CANCEL frame
  ConsoleSink console;
  ScratchFolder scratch;
  GuestProcess process;
  GuestLines lines;
  Channel channel;
  Json ready;
  uint64_t memory_limit = 0;  // in force, from READY

  RunningCall running = FrameType::kHello;
  uint64_t streams = 0;       // named by the running discover
  bool cancel_sent = false;   // to the running call
  bool asked_to_end = false;  // CANCEL was sent at some time: a call may answer CANCELLED
  bool broken = false;        // a frame has left in part and can never be finished
  bool asked = false;         // CLOSE was sent, or the stream towards the guest was ended
  int64_t last_sign = 0;      // SteadyMillis of the last frame, or of the caller's wish for one
  uint64_t taken = 0;         // frames, to look at the pipes and cancel_fd now and then

  struct KeptFrame {
    Frame frame;
    std::string payload;
  };
  std::deque<KeptFrame> kept;
  size_t kept_bytes = 0;
  KeptFrame handed_out;

  std::optional<GuestExit> exit;
  uint64_t peak_memory = 0;
  int64_t receive_wait = 0;  // microseconds
  int64_t send_wait = 0;

 private:
  bool Deliver(const Frame& frame);
  void AddLog(const Frame& frame);
  void CheckOrder(const Frame& frame);
  void Poll(short events, int timeout);
  [[noreturn]] void Cancel();
  void StartClose();
  bool DropFrames();
  void WaitForEnd(bool open, int64_t millis);
  EndFacts Facts(EndCause cause, const std::string& detail, int64_t grace_millis) const;
};

}  // namespace connhost
