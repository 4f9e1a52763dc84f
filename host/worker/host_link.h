// The worker's end of the socket, shared by every thread of the plugin.
//
// Threads: Next, BeginCall and EndCall belong to the main thread; Send and Cancelled may be called
// from any. A fault of the socket itself ends the process: nobody is left to tell.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>

#include "host/wire/frame.h"

namespace connhost {

class HostLink {
 public:
  explicit HostLink(UniqueFd socket) : channel_(std::move(socket), Channel::Side::kWorker) {}

  // Waits for the next frame. False at CLOSE and at the end of the stream. The payload lives until
  // the next call of Next, or, unless the frame is a BATCH, until BeginCall.
  bool Next(Frame* frame);

  // Sends a whole frame, waiting while the host is busy; a CANCEL that arrives meanwhile is noted.
  // False once the host is gone. Throws Error{kInternal} for a payload above the limit, of which
  // nothing was sent.
  bool Send(FrameType type, uint16_t flags, uint64_t argument, std::span<const iovec> parts);
  bool Send(FrameType type, uint64_t argument, std::string_view payload);

  // A call into the plugin begins. `borrowing`: it works on the payload of a frame, so that frames
  // may be looked at but not taken from the channel.
  void BeginCall(bool borrowing);
  void EndCall();

  // Whether the host wants the running call to end. Tells the host that this side lives.
  bool Cancelled();

 private:
  void FinishPending();
  void Wait(bool writing);
  void LookForCancel();
  void TakeCancel();
  void PeekCancel();
  void SayAlive();
  bool Listening() const;

  std::mutex mutex_;  // guards all that is not atomic
  Channel channel_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> closed_ = false;  // CLOSE, or the host is gone
  std::atomic<int64_t> looked_ = 0;   // SteadyMillis of the last look for CANCEL
  int64_t told_ = 0;                  // SteadyMillis of the last frame sent
  bool in_call_ = false;
  bool borrowing_ = false;
};

// Ends the process with a line on stderr, which the host reads.
[[noreturn]] void Die(std::string_view sentence);

}  // namespace connhost
