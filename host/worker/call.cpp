#include "host/worker/call.h"

#include <exception>
#include <new>

#include "base/error.h"
#include "base/text.h"

namespace connhost {
namespace {

constexpr size_t kMostSentence = 64U << 10;

constexpr std::string_view kNames[] = {"OK",           "CANCELLED",   "CONFIG",
                                       "AUTH",         "TRANSIENT",   "THROTTLED",
                                       "STALE_CURSOR", "UNSUPPORTED", "INTERNAL"};

std::string OutOfMemory(const Guest& guest) {
  if (guest.memory_limit == 0) return "ran out of memory (std::bad_alloc)";
  return "ran into its memory limit of " + HumanBytes(guest.memory_limit) +
         " (std::bad_alloc); raise limits.memory in the manifest, or hold less at once";
}

connhost_status Guarded(const Guest& guest, const std::function<connhost_status()>& body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    guest.call.Breach(OutOfMemory(guest));
  } catch (const Error& failure) {
    guest.call.Breach(failure.what());
  } catch (const std::exception& failure) {
    guest.call.Breach(std::string("an exception left the plugin: ") + failure.what());
  } catch (...) {
    guest.call.Breach("an exception of an unknown type left the plugin");
  }
  return CONNHOST_INTERNAL;
}

}  // namespace

std::string_view StatusName(connhost_status status) {
  const bool known = status >= 0 && static_cast<size_t>(status) < std::size(kNames);
  return known ? kNames[status] : std::string_view();
}

void Call::Fail(std::string_view sentence, uint64_t retry_after_ms) {
  sentence_ = sentence.substr(0, kMostSentence);
  retry_after_ms_ = retry_after_ms;
}

void Call::Breach(const std::string& sentence) {
  if (breach_.empty()) breach_ = sentence;
}

connhost_status Call::Settle(connhost_status returned) {
  if (StatusName(returned).empty()) {
    Breach("the plugin returned the status " + std::to_string(returned) +
           ", which the contract does not have");
  }
  if (!breach_.empty()) {
    sentence_ = breach_;
    return CONNHOST_INTERNAL;
  }
  if (returned == CONNHOST_OK && told_cancelled_) return CONNHOST_CANCELLED;
  if (returned != CONNHOST_OK && returned != CONNHOST_CANCELLED && sentence_.empty()) {
    sentence_ = "the plugin failed without saying why (status " +
                std::string(StatusName(returned)) + "); that is a fault of the plugin";
  }
  return returned;
}

connhost_status RunCall(const Guest& guest, bool borrowing,
                        const std::function<connhost_status()>& body) {
  guest.call.Reset();
  guest.link.BeginCall(borrowing);
  const connhost_status returned = Guarded(guest, body);
  guest.link.EndCall();
  return guest.call.Settle(returned);
}

void SendResult(const Guest& guest, connhost_status status) {
  guest.link.Send(FrameType::kResult, static_cast<uint64_t>(status),
                  EncodeResult({guest.call.retry_after_ms(), guest.call.sentence()}));
}

void Answer(const Guest& guest, const std::function<connhost_status()>& body) {
  SendResult(guest, RunCall(guest, false, body));
}

connhost_status Refuse(const Guest& guest, connhost_status status, const std::string& sentence) {
  guest.call.Fail(sentence, 0);
  return status;
}

}  // namespace connhost
