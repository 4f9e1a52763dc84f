// The other end of a channel, which may do what no channel would.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "host/wire/frame.h"
#include "host/wire/frame_rules.h"

namespace connhost {

class SocketPeer {
 public:
  explicit SocketPeer(UniqueFd socket) : socket_(std::move(socket)) {}

  // Sends what the socket takes now; the number of bytes.
  size_t SendSome(std::string_view bytes) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) return 0;
    if (sent < 0) throw std::runtime_error("send");
    return static_cast<size_t>(sent);
  }
  // At most `most` bytes that are there now.
  std::string ReceiveSome(size_t most) {
    std::string bytes(most, '\0');
    const ssize_t got = ::recv(socket_.get(), bytes.data(), most, 0);
    bytes.resize(got < 0 ? 0 : static_cast<size_t>(got));
    return bytes;
  }
  void Close() { socket_.Reset(); }
  int fd() const { return socket_.get(); }

 private:
  UniqueFd socket_;
};

// A frame as it stands on the socket, whatever it says.
inline std::string RawFrame(uint16_t type, uint16_t flags, uint64_t argument,
                            std::string_view payload, int64_t length = -1) {
  FrameHeader header;
  header.length =
      length < 0 ? static_cast<uint32_t>(payload.size()) : static_cast<uint32_t>(length);
  header.type = type;
  header.flags = flags;
  header.argument = argument;
  return std::string(reinterpret_cast<const char*>(&header), sizeof header).append(payload);
}

inline std::string RawFrame(FrameType type, std::string_view payload) {
  return RawFrame(static_cast<uint16_t>(type), 0, 0, payload);
}

// A channel and its peer.
struct Line {
  explicit Line(Channel::Side side = Channel::Side::kHost) : Line(side, MakeSocketPair()) {}
  Line(Channel::Side side, std::pair<UniqueFd, UniqueFd> ends)
      : channel(std::move(ends.first), side), peer(std::move(ends.second)) {}
  Channel channel;
  SocketPeer peer;
};

}  // namespace connhost
