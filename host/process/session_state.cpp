#include "host/process/session_state.h"

#include <connhost/plugin.h>
#include <poll.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"

namespace connhost {
namespace {

constexpr size_t kMostKept = size_t{64} << 20;
constexpr uint64_t kMostStreams = 100'000;
constexpr int64_t kEndAfterStream = 1000;  // milliseconds a guest has to end after its socket
constexpr uint64_t kLookEvery = 16;        // frames
constexpr uint64_t kMostIdle = 86'400;     // seconds

}  // namespace

WorkerSession::State::State(const WorkerSpec& what, int cancel, LineSink line_sink,
                            ConsoleSink console_sink)
    : spec(what),
      cancel_fd(cancel),
      console(std::move(console_sink)),
      scratch(what.scratch_parent),
      process(what.worker_program, what.connector),
      lines(process.TakeOut(), process.TakeErr(), std::move(line_sink)),
      channel(process.TakeSocket(), Channel::Side::kHost),
      last_sign(SteadyMillis()) {}

void WorkerSession::State::RequireAlive() const {
  if (exit) throw GuestFault(exit->sentence, EndCause::kItself);
}

bool WorkerSession::State::Take(Frame* frame) {
  while (true) {
    if (++taken % kLookEvery == 0) Look();
    Channel::Progress progress;
    try {
      progress = channel.Receive(frame);
    } catch (const Error& failure) {
      Fault(EndCause::kBadFrame, failure.what());
    }
    if (progress == Channel::Progress::kWouldBlock) return false;
    if (progress == Channel::Progress::kClosed) StreamEnded();
    last_sign = SteadyMillis();
    if (!Deliver(*frame)) return true;
  }
}

// True when the frame was for a sink.
bool WorkerSession::State::Deliver(const Frame& frame) {
  CheckOrder(frame);
  switch (frame.type) {
    case FrameType::kAlive:
      return true;
    case FrameType::kLog:
      AddLog(frame);
      return true;
    case FrameType::kConsole:
      if (console) console(frame.payload);
      return true;
    case FrameType::kReady:
    case FrameType::kResult:
      running.reset();
      return false;
    default:
      return false;
  }
}

void WorkerSession::State::AddLog(const Frame& frame) {
  const uint64_t level = std::min<uint64_t>(frame.argument, CONNHOST_LOG_ERROR);
  lines.AddLog(static_cast<int>(level), frame.payload);
}

void WorkerSession::State::CheckOrder(const Frame& frame) {
  if (!MayArrive(frame, running)) Fault(EndCause::kBadFrame, OutOfOrder(frame, running));
  if (frame.type == FrameType::kConsole && !spec.console) {
    Fault(EndCause::kBadFrame, "protocol fault: a CONSOLE frame came without that capability");
  }
  if (frame.type == FrameType::kStream && ++streams > kMostStreams) {
    Fault(EndCause::kBadFrame,
          "protocol fault: discover named more than " + WithThousands(kMostStreams) + " streams");
  }
}

void WorkerSession::State::Keep() {
  Frame frame;
  while (Take(&frame)) {
    kept_bytes += frame.payload.size() + sizeof(KeptFrame);
    if (kept_bytes > kMostKept) {
      Fault(EndCause::kBadFrame, "protocol fault: more than " + HumanBytes(kMostKept) +
                                     " were sent while the host had to be heard");
    }
    kept.push_back({frame, std::string(frame.payload)});
  }
}

bool WorkerSession::State::TakeKept(Frame* frame) {
  if (kept.empty()) return false;
  handed_out = std::move(kept.front());
  kept.pop_front();
  kept_bytes -= handed_out.payload.size() + sizeof(KeptFrame);
  *frame = handed_out.frame;
  frame->payload = handed_out.payload;
  return true;
}

void WorkerSession::State::CheckKept() {
  for (const KeptFrame& one : kept) {
    if (one.frame.type != FrameType::kResult) continue;
    Frame result = one.frame;
    result.payload = one.payload;
    CheckResult(result);
  }
}

void WorkerSession::State::FinishPending() {
  while (channel.sending() && !broken) {
    if (channel.FinishSend() == Channel::Progress::kWouldBlock) Wait(POLLIN | POLLOUT, &send_wait);
    Keep();
  }
  if (broken) throw Error(ErrorKind::kCancelled, "the run was cancelled");
}

void WorkerSession::State::BeginCall(FrameType type) {
  running = type;
  streams = 0;
  cancel_sent = false;
}

void WorkerSession::State::SendAll(FrameType type, uint16_t flags, uint64_t argument,
                                   std::span<const iovec> parts) {
  Channel::Progress progress = channel.StartSend(type, flags, argument, parts);
  broken = true;  // stays so when the wait is left with an exception
  while (progress == Channel::Progress::kWouldBlock) {
    Wait(POLLIN | POLLOUT, &send_wait);
    Keep();
    progress = channel.FinishSend();
  }
  broken = false;
  if (progress == Channel::Progress::kDone) return;
  Keep();
  StreamEnded();
}

void WorkerSession::State::Wait(short events, int64_t* spent) {
  const auto limit =
      static_cast<int64_t>(std::min(spec.limits.idle_timeout_seconds, kMostIdle) * 1000);
  const int64_t left = limit - (SteadyMillis() - last_sign);
  if (left <= 0) Fault(EndCause::kIdle);
  const int64_t begin = NowMicros();
  Poll(events, static_cast<int>(left));
  *spent += std::max<int64_t>(NowMicros() - begin, 0);
}

void WorkerSession::State::Look() {
  Poll(0, 0);
}

void WorkerSession::State::Poll(short events, int timeout) {
  const std::array<int, 2> pipes = lines.fds();
  pollfd fds[] = {{channel.fd(), events, 0},
                  {pipes[0], POLLIN, 0},
                  {pipes[1], POLLIN, 0},
                  {cancel_fd, POLLIN, 0}};
  if (events == 0) fds[0].fd = -1;
  if (::poll(fds, std::size(fds), timeout) <= 0) return;
  for (size_t i = 0; i < pipes.size(); ++i) {
    if (fds[1 + i].revents != 0) lines.Read(i);
  }
  if (fds[3].revents != 0) Cancel();
}

void WorkerSession::State::Cancel() {
  const bool call = running && *running != FrameType::kBatch && *running != FrameType::kHello;
  if (call && ask_guest && !cancel_sent && !channel.sending()) {
    cancel_sent = asked_to_end = true;
    channel.StartSend(FrameType::kCancel, 0, std::string_view());
  }
  throw Error(ErrorKind::kCancelled, "the run was cancelled");
}

void WorkerSession::State::CheckResult(const Frame& frame) {
  if (frame.argument == CONNHOST_OK) return;
  const std::optional<ErrorKind> kind = KindOfStatus(frame.argument);
  if (!kind) {
    Fault(EndCause::kBadFrame, "protocol fault: a RESULT frame has the unknown status " +
                                   std::to_string(frame.argument));
  }
  ResultPayload result;
  try {
    result = DecodeResult(frame.payload);
  } catch (const Error& failure) {
    Fault(EndCause::kBadFrame, failure.what());
  }
  if (kind == ErrorKind::kCancelled && !asked_to_end) {
    throw GuestError(ErrorKind::kInternal,
                     "connector " + spec.connector +
                         ": it answered CANCELLED, though nobody had asked it to end",
                     0);
  }
  if (result.sentence.empty()) result.sentence = "it was cancelled";
  throw GuestError(*kind, "connector " + spec.connector + ": " + result.sentence,
                   result.retry_after_ms);
}

void WorkerSession::State::Fault(EndCause cause, const std::string& detail) {
  throw GuestFault(Finish(cause, detail).sentence, cause);
}

void WorkerSession::State::StreamEnded() {
  Fault(process.WaitEnd(kEndAfterStream) ? EndCause::kItself : EndCause::kClosed);
}

}  // namespace connhost
