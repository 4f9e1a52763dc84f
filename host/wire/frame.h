// Frames between host and worker. Format: docs/formats/frame.md.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/files.h"

namespace connhost {

inline constexpr uint64_t kProtocol = 1;
inline constexpr uint32_t kMaxPayload = 64U << 20;
inline constexpr uint32_t kMaxState = 1U << 20;               // of CHECKPOINT
inline constexpr uint32_t kMaxWrappedState = kMaxState + 64;  // of COMMIT and RECOVERED
inline constexpr uint16_t kFlagLast = 1;                      // of COMMIT
inline constexpr uint16_t kFlagReplace = 1;  // of CREATE: destroys the instance that is there

enum class FrameType : uint16_t {
  kHello = 1,
  kCreate,
  kAuthenticate,
  kDiscover,
  kRead,
  kRecover,
  kSchema,
  kBatch,
  kCommit,
  kCancel,
  kClose,
  kFlush,
  kReady = 20,
  kResult,
  kLog,
  kStream,
  kCheckpoint,
  kReject,
  kProgress,
  kRecovered,
  kReceipt,
  kConsole,
  kAlive,
};

const char* FrameTypeName(FrameType type);  // "BATCH"

// One received frame. `payload` points into the channel's buffer, 64-byte aligned, and lives until
// the next Receive on that channel.
struct Frame {
  FrameType type = FrameType::kClose;
  uint16_t flags = 0;
  uint64_t argument = 0;
  std::string_view payload;
};

// One end of the socket. Not for use by two threads at once. The socket is non-blocking: both calls
// do what they can now and tell whether they are done, so that the owner polls.
class Channel {
 public:
  enum class Side { kHost, kWorker };  // which types may arrive

  Channel(UniqueFd socket, Side side);
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel();

  int fd() const;

  enum class Progress { kDone, kWouldBlock, kClosed };  // kClosed: the other side is gone

  // Reads until one whole frame is there. A second call after kDone starts the next frame; the
  // channel reads ahead, so poll the socket only after kWouldBlock. Throws Error{kInternal}
  // "protocol fault: ..." on a frame that breaks the rules of the header, again at each further
  // call. The buffer grows with the largest frame; what it has above 4 MiB is given back with the
  // next smaller frame, so memory follows the batch size.
  Progress Receive(Frame* frame);
  // True when bytes have arrived that Receive has not handed out: an end of the stream now is a
  // torn frame.
  bool mid_frame() const;

  // Starts a frame: the parts are borrowed until it or FinishSend says kDone or kClosed. Sends what
  // fits. Throws Error{kInternal} when the payload is above kMaxPayload (nothing was sent then) or
  // the frame before is not sent yet. Never raises SIGPIPE.
  Progress StartSend(FrameType type, uint16_t flags, uint64_t argument,
                     std::span<const iovec> parts);
  Progress StartSend(FrameType type, uint64_t argument, std::string_view payload);
  // Goes on with the frame that StartSend began.
  Progress FinishSend();
  bool sending() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A connected pair of non-blocking sockets: first for the host, second to be passed to the worker.
std::pair<UniqueFd, UniqueFd> MakeSocketPair();

// Small payloads. The encoders replace invalid UTF-8 in texts; the decoders refuse it, like every
// length that does not fit, with Error{kInternal} "protocol fault: ...".
struct ResultPayload {
  uint64_t retry_after_ms = 0;
  std::string sentence;
};
std::string EncodeResult(const ResultPayload& result);
ResultPayload DecodeResult(std::string_view payload);

struct RejectPayload {  // views into the frame when decoded
  std::string_view origin, code, reason;
  std::string_view raw;  // any bytes
};
std::string EncodeReject(const RejectPayload& reject);
RejectPayload DecodeReject(std::string_view payload);

std::string EncodeU64(uint64_t value);
uint64_t DecodeU64(std::string_view payload);

}  // namespace connhost
