#include "host/wire/frame_rules.h"

#include <array>
#include <string>

#include "host/wire/fault.h"

namespace connhost {
namespace {

constexpr unsigned kToWorker = 1;
constexpr unsigned kToHost = 2;

struct FrameRule {
  FrameType type;
  const char* name;
  unsigned direction;
  uint32_t least = 0;  // bytes of payload
  uint32_t most = kMaxPayload;
  uint16_t flags = 0;  // that may be set
};

constexpr std::array<FrameRule, 23> kRules = {{
    {FrameType::kHello, "HELLO", kToWorker},
    {FrameType::kCreate, "CREATE", kToWorker, 0, kMaxPayload, kFlagReplace},
    {FrameType::kAuthenticate, "AUTHENTICATE", kToWorker, 0, 0},
    {FrameType::kDiscover, "DISCOVER", kToWorker, 0, 0},
    {FrameType::kRead, "READ", kToWorker},
    {FrameType::kRecover, "RECOVER", kToWorker},
    {FrameType::kSchema, "SCHEMA", kToWorker | kToHost},
    {FrameType::kBatch, "BATCH", kToWorker | kToHost, 32},
    {FrameType::kCommit, "COMMIT", kToWorker, 0, kMaxWrappedState, kFlagLast},
    {FrameType::kCancel, "CANCEL", kToWorker, 0, 0},
    {FrameType::kClose, "CLOSE", kToWorker, 0, 0},
    {FrameType::kFlush, "FLUSH", kToWorker, 0, 0},
    {FrameType::kReady, "READY", kToHost},
    {FrameType::kResult, "RESULT", kToHost, 8},
    {FrameType::kLog, "LOG", kToHost},
    {FrameType::kStream, "STREAM", kToHost},
    {FrameType::kCheckpoint, "CHECKPOINT", kToHost, 0, kMaxState},
    {FrameType::kReject, "REJECT", kToHost, 16},
    {FrameType::kProgress, "PROGRESS", kToHost, 8, 8},
    {FrameType::kRecovered, "RECOVERED", kToHost, 0, kMaxWrappedState},
    {FrameType::kReceipt, "RECEIPT", kToHost, 8, 8},
    {FrameType::kConsole, "CONSOLE", kToHost},
    {FrameType::kAlive, "ALIVE", kToHost, 0, 0},
}};

const FrameRule* FindRule(uint16_t type) {
  for (const FrameRule& rule : kRules) {
    if (static_cast<uint16_t>(rule.type) == type) return &rule;
  }
  return nullptr;
}

[[noreturn]] void LengthFault(const FrameHeader& header, const FrameRule& rule) {
  const std::string least = std::to_string(rule.least);
  const std::string allowed =
      rule.least == rule.most ? least : least + " to " + std::to_string(rule.most);
  ThrowProtocolFault(std::string("a ") + rule.name + " frame claims a payload of " +
                     std::to_string(header.length) + " bytes; expected " + allowed);
}

}  // namespace

const char* FrameTypeName(FrameType type) {
  const FrameRule* rule = FindRule(static_cast<uint16_t>(type));
  return rule == nullptr ? "UNKNOWN" : rule->name;
}

void CheckFrameHeader(const FrameHeader& header, Channel::Side side) {
  const bool host = side == Channel::Side::kHost;
  const std::string sender = host ? "the worker" : "the host";
  const FrameRule* rule = FindRule(header.type);
  if (rule == nullptr) {
    ThrowProtocolFault(sender + " sent a frame of type " + std::to_string(header.type) +
                       ", which protocol " + std::to_string(kProtocol) + " does not have");
  }
  if ((rule->direction & (host ? kToHost : kToWorker)) == 0) {
    ThrowProtocolFault(sender + " sent a " + rule->name + " frame, which only the other side may");
  }
  if (header.length < rule->least || header.length > rule->most) LengthFault(header, *rule);
  if ((header.flags & ~rule->flags) != 0) {
    ThrowProtocolFault(std::string("a ") + rule->name + " frame has the flags " +
                       std::to_string(header.flags) + "; at most " + std::to_string(rule->flags) +
                       " is known");
  }
}

}  // namespace connhost
