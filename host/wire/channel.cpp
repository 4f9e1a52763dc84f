#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/error.h"
#include "host/wire/frame.h"
#include "host/wire/frame_buffer.h"
#include "host/wire/frame_rules.h"

namespace connhost {
namespace {

// What is read beyond the frame in hand: the next header and, for small frames, all of it. It is
// the most that is ever copied, so that large payloads land in their place at once.
constexpr size_t kAhead = 4096;

constexpr size_t kMostParts = 1024;  // IOV_MAX

constexpr int kSendBuffer = 1 << 20;  // asked for; the system may allow less

}  // namespace

struct Channel::State {
  UniqueFd socket;
  Side side;

  FrameBuffer buffer;
  FrameHeader header;       // of the frame in hand, once in_payload
  bool in_payload = false;  // the header has been read
  size_t have = 0;          // bytes of the payload in `buffer`
  size_t ahead_begin = 0;
  size_t ahead_end = 0;
  char ahead[kAhead];

  FrameHeader out;
  std::vector<iovec> parts;  // of the frame being sent, advanced as bytes leave
  size_t next = 0;           // first of `parts` that is not sent

  State(UniqueFd fd, Side which) : socket(std::move(fd)), side(which) {}

  void TakeHeader();
  Progress Fill();
  void Advance(size_t sent);
};

// Begins a frame from the bytes read ahead, if they hold a whole header.
void Channel::State::TakeHeader() {
  const size_t there = ahead_end - ahead_begin;
  if (there < sizeof header) return;
  std::memcpy(&header, ahead + ahead_begin, sizeof header);
  CheckFrameHeader(header, side);
  buffer.Fit(header.length);
  ahead_begin += sizeof header;
  have = std::min<size_t>(header.length, ahead_end - ahead_begin);
  if (have > 0) std::memcpy(buffer.data(), ahead + ahead_begin, have);
  ahead_begin += have;
  in_payload = true;
}

// One system call: the rest of the payload, if one is in hand, and what follows it.
Channel::Progress Channel::State::Fill() {
  const size_t there = ahead_end - ahead_begin;
  if (there > 0) std::memmove(ahead, ahead + ahead_begin, there);
  ahead_begin = 0;
  ahead_end = there;
  const size_t missing = in_payload ? header.length - have : 0;
  iovec into[2] = {{buffer.data() + have, missing}, {ahead + ahead_end, kAhead - ahead_end}};
  msghdr message{};
  message.msg_iov = missing > 0 ? into : into + 1;
  message.msg_iovlen = missing > 0 ? 2 : 1;
  ssize_t got;
  do {
    got = ::recvmsg(socket.get(), &message, MSG_DONTWAIT);
  } while (got < 0 && errno == EINTR);
  if (got == 0 || (got < 0 && errno == ECONNRESET)) return Progress::kClosed;
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Progress::kWouldBlock;
  if (got < 0) throw ErrnoError(ErrorKind::kTransient, "receive a frame");
  const size_t placed = std::min(missing, static_cast<size_t>(got));
  have += placed;
  ahead_end += static_cast<size_t>(got) - placed;
  return Progress::kDone;
}

void Channel::State::Advance(size_t sent) {
  while (sent > 0) {
    iovec& part = parts[next];
    const size_t step = std::min(sent, part.iov_len);
    part.iov_base = static_cast<char*>(part.iov_base) + step;
    part.iov_len -= step;
    sent -= step;
    if (part.iov_len == 0) ++next;
  }
}

Channel::Channel(UniqueFd socket, Side side)
    : state_(std::make_unique<State>(std::move(socket), side)) {}

Channel::~Channel() = default;

int Channel::fd() const {
  return state_->socket.get();
}

Channel::Progress Channel::Receive(Frame* frame) {
  State& s = *state_;
  while (true) {
    if (!s.in_payload) s.TakeHeader();
    if (s.in_payload && s.have == s.header.length) break;
    const Progress progress = s.Fill();
    if (progress != Progress::kDone) return progress;
  }
  s.in_payload = false;
  frame->type = static_cast<FrameType>(s.header.type);
  frame->flags = s.header.flags;
  frame->argument = s.header.argument;
  frame->payload = {s.buffer.data(), s.header.length};
  return Progress::kDone;
}

bool Channel::mid_frame() const {
  return state_->in_payload || state_->ahead_end > state_->ahead_begin;
}

Channel::Progress Channel::StartSend(FrameType type, uint16_t flags, uint64_t argument,
                                     std::span<const iovec> parts) {
  State& s = *state_;
  if (sending()) {
    throw Error(ErrorKind::kInternal, std::string("a ") + FrameTypeName(type) +
                                          " frame was started before the one in hand was sent");
  }
  s.parts.assign(1, iovec{&s.out, sizeof s.out});
  s.next = 0;
  uint64_t length = 0;
  for (const iovec& part : parts) {
    length += part.iov_len;
    if (part.iov_len > 0) s.parts.push_back(part);
  }
  if (length > kMaxPayload) {
    s.parts.clear();
    throw Error(ErrorKind::kInternal, std::string("a ") + FrameTypeName(type) + " frame of " +
                                          std::to_string(length) + " bytes is above the limit of " +
                                          std::to_string(kMaxPayload) + "; send less at once");
  }
  s.out = {static_cast<uint32_t>(length), static_cast<uint16_t>(type), flags, argument};
  return FinishSend();
}

Channel::Progress Channel::StartSend(FrameType type, uint64_t argument, std::string_view payload) {
  const iovec part{const_cast<char*>(payload.data()), payload.size()};
  return StartSend(type, 0, argument, {&part, 1});
}

Channel::Progress Channel::FinishSend() {
  State& s = *state_;
  while (sending()) {
    msghdr message{};
    message.msg_iov = &s.parts[s.next];
    message.msg_iovlen = std::min(s.parts.size() - s.next, kMostParts);
    const ssize_t sent = ::sendmsg(s.socket.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      s.Advance(static_cast<size_t>(sent));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return Progress::kWouldBlock;
    } else if (errno == EPIPE || errno == ECONNRESET) {
      s.next = s.parts.size();
      return Progress::kClosed;
    } else if (errno != EINTR) {
      throw ErrnoError(ErrorKind::kTransient, "send a frame");
    }
  }
  return Progress::kDone;
}

bool Channel::sending() const {
  return state_->next < state_->parts.size();
}

std::pair<UniqueFd, UniqueFd> MakeSocketPair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0) {
    throw ErrnoError(ErrorKind::kTransient, "socketpair");
  }
  // Room for some batches, so that both sides work on instead of waking each other for each piece.
  for (const int end : ends)
    ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer);
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

}  // namespace connhost
