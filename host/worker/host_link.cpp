#include "host/worker/host_link.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "base/error.h"
#include "base/time.h"
#include "host/wire/frame_rules.h"

namespace connhost {
namespace {

constexpr int kDeadLink = 70;
constexpr int64_t kAliveMillis = 1000;

}  // namespace

void Die(std::string_view sentence) {
  // Not through stdio, whose lock a thread of the plugin may hold for ever.
  ::dprintf(STDERR_FILENO, "connhost-worker: %.*s\n", static_cast<int>(sentence.size()),
            sentence.data());
  ::_exit(kDeadLink);
}

bool HostLink::Next(Frame* frame) {
  while (!closed_) {
    {
      const std::lock_guard lock(mutex_);
      const Channel::Progress progress = channel_.Receive(frame);
      if (progress == Channel::Progress::kClosed) return false;
      if (progress == Channel::Progress::kDone) {
        if (frame->type == FrameType::kClose) return false;
        if (frame->type != FrameType::kCancel) return true;
        continue;  // the call it was meant for has ended
      }
    }
    // Without the lock: threads of the plugin may log while nothing is called.
    pollfd poll{channel_.fd(), POLLIN, 0};
    ::poll(&poll, 1, -1);
  }
  return false;
}

bool HostLink::Send(FrameType type, uint16_t flags, uint64_t argument,
                    std::span<const iovec> parts) {
  const std::lock_guard lock(mutex_);
  FinishPending();
  if (closed_ && !in_call_) return false;
  Channel::Progress progress;
  try {
    progress = channel_.StartSend(type, flags, argument, parts);
    while (progress == Channel::Progress::kWouldBlock) {
      Wait(true);
      progress = channel_.FinishSend();
    }
  } catch (const Error& failure) {
    if (channel_.sending()) Die(failure.what());  // a part of the frame is out
    throw;
  }
  if (progress == Channel::Progress::kClosed) cancelled_ = closed_ = true;
  told_ = SteadyMillis();
  return progress == Channel::Progress::kDone;
}

bool HostLink::Send(FrameType type, uint64_t argument, std::string_view payload) {
  const iovec part{const_cast<char*>(payload.data()), payload.size()};
  return Send(type, 0, argument, {&part, 1});
}

void HostLink::BeginCall(bool borrowing) {
  const std::lock_guard lock(mutex_);
  cancelled_ = closed_.load();
  in_call_ = true;
  borrowing_ = borrowing;
}

void HostLink::EndCall() {
  const std::lock_guard lock(mutex_);
  in_call_ = false;
}

bool HostLink::Cancelled() {
  if (cancelled_) return true;
  const int64_t now = SteadyMillis();
  if (looked_.exchange(now) == now) return false;
  // Whoever holds the lock is sending, and looks itself.
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock.owns_lock() || !in_call_) return cancelled_;
  LookForCancel();
  SayAlive();
  return cancelled_;
}

bool HostLink::Listening() const {
  return in_call_ && !borrowing_ && !cancelled_;
}

// A sign of life that did not fit into the socket goes first; it borrows nothing.
void HostLink::FinishPending() {
  while (channel_.sending() && channel_.FinishSend() == Channel::Progress::kWouldBlock) Wait(true);
}

void HostLink::Wait(bool writing) {
  pollfd poll{channel_.fd(), 0, 0};
  if (writing) poll.events |= POLLOUT;
  if (Listening()) poll.events |= POLLIN;
  ::poll(&poll, 1, -1);
  if ((poll.revents & POLLIN) != 0) LookForCancel();
}

void HostLink::LookForCancel() {
  if (cancelled_) return;
  if (borrowing_) {
    PeekCancel();
  } else {
    TakeCancel();
  }
}

// During a call the host may send CANCEL and CLOSE.
void HostLink::TakeCancel() {
  Frame frame;
  Channel::Progress progress;
  try {
    progress = channel_.Receive(&frame);
  } catch (const Error& failure) {
    Die(failure.what());
  }
  if (progress == Channel::Progress::kWouldBlock) return;
  const bool cancel = progress == Channel::Progress::kDone && frame.type == FrameType::kCancel;
  const bool end = progress == Channel::Progress::kClosed || frame.type == FrameType::kClose;
  if (!cancel && !end) {
    Die(std::string("the host sent ") + FrameTypeName(frame.type) + " during a call");
  }
  if (end) closed_ = true;
  cancelled_ = true;
}

// While a batch is in use its buffer must stay: only a CANCEL right behind it can be seen.
void HostLink::PeekCancel() {
  if (channel_.mid_frame()) return;
  FrameHeader header;
  const ssize_t got = ::recv(channel_.fd(), &header, sizeof header, MSG_PEEK | MSG_DONTWAIT);
  if (got == 0) closed_ = true;
  const bool cancel = got == static_cast<ssize_t>(sizeof header) &&
                      header.type == static_cast<uint16_t>(FrameType::kCancel);
  if (got == 0 || cancel) cancelled_ = true;
}

void HostLink::SayAlive() {
  const int64_t now = SteadyMillis();
  if (now - told_ < kAliveMillis || channel_.sending()) return;
  told_ = now;
  if (channel_.StartSend(FrameType::kAlive, 0, std::string_view()) == Channel::Progress::kClosed) {
    cancelled_ = closed_ = true;
  }
}

}  // namespace connhost
