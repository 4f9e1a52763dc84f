// How a session ends: asking, waiting, killing, and what is recorded about it.
#include <connhost/plugin.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "base/time.h"
#include "host/process/session_state.h"

namespace connhost {
namespace {

constexpr int kFramesAtOnce = 64;
constexpr int kLastLooks = 64;
constexpr int64_t kWithoutPidfd = 5;  // milliseconds between two looks

}  // namespace

// Without a whole frame before it CLOSE cannot be sent; the end of the stream says the same.
void WorkerSession::State::StartClose() {
  if (asked) {
    if (!broken && channel.sending()) channel.FinishSend();
    return;
  }
  if (broken) {
    ::shutdown(channel.fd(), SHUT_WR);
    asked = true;
  } else if (!channel.sending() || channel.FinishSend() != Channel::Progress::kWouldBlock) {
    asked = true;
    channel.StartSend(FrameType::kClose, 0, std::string_view());
  }
}

// False once nothing more can come.
bool WorkerSession::State::DropFrames() {
  Frame frame;
  for (int i = 0; i < kFramesAtOnce; ++i) {
    const Channel::Progress progress = channel.Receive(&frame);
    if (progress != Channel::Progress::kDone) return progress == Channel::Progress::kWouldBlock;
    if (frame.type == FrameType::kLog) AddLog(frame);
  }
  return true;
}

void WorkerSession::State::WaitForEnd(bool open, int64_t millis) {
  const std::array<int, 2> pipes = lines.fds();
  const bool sending = !broken && channel.sending();
  pollfd fds[] = {
      {open ? channel.fd() : -1, static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0},
      {pipes[0], POLLIN, 0},
      {pipes[1], POLLIN, 0},
      {process.pidfd(), POLLIN, 0}};
  ::poll(fds, std::size(fds),
         static_cast<int>(process.pidfd() >= 0 ? millis : std::min(millis, kWithoutPidfd)));
  for (size_t i = 0; i < pipes.size(); ++i) {
    if (fds[1 + i].revents != 0) lines.Read(i);
  }
}

bool WorkerSession::State::AskToEnd(int64_t grace_millis) {
  peak_memory = process.PeakMemory();
  const int64_t deadline = SteadyMillis() + grace_millis;
  bool open = true;
  while (!process.WaitEnd(0)) {
    const int64_t left = deadline - SteadyMillis();
    if (left <= 0) return false;
    if (open) {
      StartClose();
      open = DropFrames();
    }
    WaitForEnd(open, left);
  }
  for (int i = 0; open && i < kLastLooks; ++i) open = DropFrames();  // what it said at the very end
  return true;
}

EndFacts WorkerSession::State::Facts(EndCause cause, const std::string& detail,
                                     int64_t grace_millis) const {
  EndFacts facts;
  facts.connector = spec.connector;
  facts.doing = CallName(running);
  facts.cause = cause;
  facts.detail = detail;
  facts.known = process.end().known;
  facts.wait_status = process.end().wait_status;
  facts.torn = cause == EndCause::kItself && !asked && channel.mid_frame();
  facts.asked = asked;
  facts.bad_alloc = lines.said_bad_alloc();
  facts.cpu_seconds = process.end().cpu_seconds;
  facts.memory_limit = memory_limit;
  facts.cpu_limit = spec.limits.cpu_seconds;
  facts.idle_seconds = spec.limits.idle_timeout_seconds;
  facts.grace_millis = grace_millis;
  facts.last_lines = lines.Last();
  return facts;
}

GuestExit WorkerSession::State::Finish(EndCause cause, const std::string& detail,
                                       int64_t grace_millis) {
  if (exit) return *exit;
  const bool by_host = cause == EndCause::kKilledByHost || cause == EndCause::kOverstayed;
  if (process.WaitEnd(0)) {
    if (by_host) cause = EndCause::kItself;
  } else {
    if (peak_memory == 0) peak_memory = process.PeakMemory();
    process.Kill();
  }
  try {
    lines.Finish();
  } catch (const std::exception&) {
    // The trouble of whoever takes the lines does not change how the guest ended.
  }
  const EndFacts facts = Facts(cause, detail, grace_millis);
  exit = GuestExit{IsClean(facts), ExitSentence(facts), process.end().cpu_seconds,
                   peak_memory > 0 ? peak_memory : process.end().peak_memory_bytes};
  return *exit;
}

}  // namespace connhost
