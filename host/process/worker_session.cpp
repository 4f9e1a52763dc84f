#include "host/process/worker_session.h"

#include <poll.h>

#include "base/time.h"
#include "host/process/hello_document.h"
#include "host/process/session_state.h"

namespace connhost {
namespace {

constexpr std::chrono::milliseconds kDescribeGrace{1000};

bool IsText(const JsonValue* value) {
  return value != nullptr && value->IsString();
}

bool IsFlag(const JsonValue* value) {
  return value != nullptr && value->IsBool();
}

// READY comes from the other side of the border: what the host reads of it is checked here.
Json ParseReady(std::string_view payload) {
  Json document = ParseJson(payload, "READY");
  const JsonValue* plugin = FindMember(document, "plugin");
  const JsonValue* sandbox = FindMember(document, "sandbox");
  const bool sound = plugin != nullptr && sandbox != nullptr && sandbox->IsObject() &&
                     IsText(FindMember(*plugin, "id")) && IsText(FindMember(*plugin, "version")) &&
                     IsFlag(FindMember(*plugin, "source")) &&
                     IsFlag(FindMember(*plugin, "destination"));
  if (!sound) throw Error(ErrorKind::kInternal, "its members are not those of READY");
  return document;
}

bool IsCall(FrameType type) {
  return type != FrameType::kCancel && type != FrameType::kClose;
}

}  // namespace

WorkerSession::WorkerSession(std::unique_ptr<State> state) : state_(std::move(state)) {
  const State& s = *state_;
  Send(FrameType::kHello, kProtocol, HelloDocument(s.spec, s.scratch.path().string()));
}

WorkerSession::WorkerSession(const WorkerSpec& spec, int cancel_fd, LineSink lines,
                             ConsoleSink console)
    : WorkerSession(
          std::make_unique<State>(spec, cancel_fd, std::move(lines), std::move(console))) {
  AwaitReady();
}

std::unique_ptr<WorkerSession> WorkerSession::Start(const WorkerSpec& spec, int cancel_fd,
                                                    LineSink lines, ConsoleSink console) {
  return std::unique_ptr<WorkerSession>(new WorkerSession(
      std::make_unique<State>(spec, cancel_fd, std::move(lines), std::move(console))));
}

void WorkerSession::AwaitReady() {
  State& s = *state_;
  const Frame frame = Receive();
  if (frame.type == FrameType::kResult) {
    try {
      CheckResult(frame);
    } catch (const GuestError& refusal) {
      if (refusal.kind() != ErrorKind::kAuth) throw;
      throw GuestError(ErrorKind::kPolicy, refusal.what(), 0);
    }
  }
  try {
    s.ready = ParseReady(frame.payload);
  } catch (const Error& failure) {
    s.Fault(EndCause::kBadFrame, std::string("protocol fault: READY: ") + failure.what());
  }
  const JsonValue* limit = FindMember(*FindMember(s.ready, "sandbox"), "memory_limit");
  if (limit != nullptr && limit->IsUint64()) s.memory_limit = limit->GetUint64();
}

WorkerSession::~WorkerSession() {
  Kill();
}

const Json& WorkerSession::ready() const {
  return state_->ready;
}

Frame WorkerSession::Receive() {
  State& s = *state_;
  Frame frame;
  if (s.TakeKept(&frame)) return frame;
  s.RequireAlive();
  s.last_sign = SteadyMillis();
  while (!s.Take(&frame)) {
    const bool pending = s.channel.sending() && !s.broken;
    s.Wait(pending ? POLLIN | POLLOUT : POLLIN, &s.receive_wait);
    if (pending) s.channel.FinishSend();
  }
  return frame;
}

void WorkerSession::Send(FrameType type, uint64_t argument, std::string_view payload,
                         uint16_t flags) {
  State& s = *state_;
  s.RequireAlive();
  s.last_sign = SteadyMillis();
  try {
    s.FinishPending();
    if (type == FrameType::kBatch) s.Keep();
    s.CheckKept();
    s.Look();
    if (IsCall(type)) s.BeginCall(type);
    if (type == FrameType::kCancel) s.asked_to_end = true;
    const iovec part{const_cast<char*>(payload.data()), payload.size()};
    s.SendAll(type, flags, argument, {&part, 1});
  } catch (const GuestFault&) {
    s.CheckKept();  // what it said before it ended explains more
    throw;
  }
}

void WorkerSession::Call(FrameType type, uint64_t argument, std::string_view payload,
                         uint16_t flags, const std::function<void(const Frame&)>& on_frame) {
  Send(type, argument, payload, flags);
  AwaitResult(on_frame);
}

void WorkerSession::AwaitResult(const std::function<void(const Frame&)>& on_frame) {
  while (true) {
    const Frame frame = Receive();
    if (frame.type == FrameType::kResult) return CheckResult(frame);
    if (on_frame) on_frame(frame);
  }
}

void WorkerSession::CheckResult(const Frame& frame) const {
  state_->CheckResult(frame);
}

std::optional<Frame> WorkerSession::Poll() {
  State& s = *state_;
  Frame frame;
  if (s.TakeKept(&frame)) return frame;
  s.RequireAlive();
  if (!s.Take(&frame)) return std::nullopt;
  return frame;
}

void WorkerSession::WatchCancel(int fd, bool ask_guest) {
  state_->cancel_fd = fd;
  state_->ask_guest = ask_guest;
}

GuestExit WorkerSession::Close(std::chrono::milliseconds grace) {
  State& s = *state_;
  if (s.exit) return *s.exit;
  EndCause cause = EndCause::kOverstayed;
  std::string detail;
  try {
    if (s.AskToEnd(grace.count())) cause = EndCause::kItself;
  } catch (const Error& failure) {
    cause = EndCause::kBadFrame;
    detail = failure.what();
  } catch (const std::exception&) {
    cause = EndCause::kKilledByHost;
  }
  return s.Finish(cause, detail, grace.count());
}

GuestExit WorkerSession::Kill() {
  return state_->Finish(EndCause::kKilledByHost);
}

int WorkerSession::pid() const {
  return state_->exit ? -1 : state_->process.pid();
}

int64_t WorkerSession::receive_wait_micros() const {
  return state_->receive_wait;
}

int64_t WorkerSession::send_wait_micros() const {
  return state_->send_wait;
}

Json DescribePlugin(const WorkerSpec& spec) {
  WorkerSpec describing = spec;
  describing.role = WorkerRole::kDescribe;
  WorkerSession session(describing, -1, {});
  Json plugin;
  plugin.CopyFrom(*FindMember(session.ready(), "plugin"), plugin.GetAllocator());
  session.Close(kDescribeGrace);
  return plugin;
}

}  // namespace connhost
