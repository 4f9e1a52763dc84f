#include "host/process/call_rules.h"

#include <connhost/plugin.h>

#include <string>

namespace connhost {
namespace {

bool MayArriveDuring(FrameType frame, FrameType call) {
  switch (frame) {
    case FrameType::kStream:
      return call == FrameType::kDiscover;
    case FrameType::kSchema:
    case FrameType::kBatch:
    case FrameType::kCheckpoint:
    case FrameType::kProgress:
      return call == FrameType::kRead;
    case FrameType::kReject:  // of a destination: until the commit of the batch has ended
      return call == FrameType::kRead || call == FrameType::kBatch || call == FrameType::kSchema ||
             call == FrameType::kFlush || call == FrameType::kCommit;
    case FrameType::kRecovered:
      return call == FrameType::kRecover;
    case FrameType::kReceipt:
      return call == FrameType::kCommit;
    case FrameType::kReady:
      return call == FrameType::kHello;
    default:
      return false;
  }
}

}  // namespace

const char* CallName(RunningCall call) {
  if (!call) return "";
  switch (*call) {
    case FrameType::kHello:
      return "loading";
    case FrameType::kCreate:
      return "create";
    case FrameType::kAuthenticate:
      return "authenticate";
    case FrameType::kDiscover:
      return "discover";
    case FrameType::kRead:
      return "read";
    case FrameType::kRecover:
      return "recover";
    case FrameType::kSchema:
      return "open";
    case FrameType::kBatch:
      return "write";
    case FrameType::kFlush:
      return "flush";
    case FrameType::kCommit:
      return "commit";
    default:
      return "";
  }
}

bool MayArrive(const Frame& frame, RunningCall call) {
  if (frame.type == FrameType::kLog || frame.type == FrameType::kAlive ||
      frame.type == FrameType::kConsole) {
    return true;
  }
  if (!call) return false;
  if (frame.type != FrameType::kResult) return MayArriveDuring(frame.type, *call);
  // READY stands for OK after HELLO; a batch that succeeds has no answer.
  const bool answered = *call != FrameType::kHello && *call != FrameType::kBatch;
  return answered || frame.argument != CONNHOST_OK;
}

std::string OutOfOrder(const Frame& frame, RunningCall call) {
  const std::string name = CallName(call);
  return std::string("protocol fault: a ") + FrameTypeName(frame.type) + " frame came " +
         (name.empty() ? "while nothing was called" : "during " + name);
}

std::optional<ErrorKind> KindOfStatus(uint64_t status) {
  switch (status) {
    case CONNHOST_CANCELLED:
      return ErrorKind::kCancelled;
    case CONNHOST_CONFIG:
      return ErrorKind::kConfig;
    case CONNHOST_AUTH:
      return ErrorKind::kAuth;
    case CONNHOST_TRANSIENT:
      return ErrorKind::kTransient;
    case CONNHOST_THROTTLED:
      return ErrorKind::kThrottled;
    case CONNHOST_STALE_CURSOR:
      return ErrorKind::kStaleCursor;
    case CONNHOST_UNSUPPORTED:
      return ErrorKind::kUnsupported;
    case CONNHOST_INTERNAL:
      return ErrorKind::kInternal;
    default:
      return std::nullopt;
  }
}

}  // namespace connhost
