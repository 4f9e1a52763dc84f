// One call into the plugin, and what it came to.
#pragma once

#include <connhost/plugin.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "host/worker/host_link.h"

namespace connhost {

// The state of the running call: what the plugin said about it, and what it did wrong.
class Call {
 public:
  // From the plugin's `fail`.
  void Fail(std::string_view sentence, uint64_t retry_after_ms);
  // A breach of the contract: the call's result is INTERNAL, whatever it returns. The first stands.
  void Breach(const std::string& sentence);
  // The plugin was told that the call is cancelled: OK then means CANCELLED.
  void TellCancelled() { told_cancelled_ = true; }
  bool told_cancelled() const { return told_cancelled_; }
  bool breached() const { return !breach_.empty(); }

  void Reset() { *this = Call(); }

  // The status and the sentence that follow from what the plugin returned.
  connhost_status Settle(connhost_status returned);
  const std::string& sentence() const { return sentence_; }
  uint64_t retry_after_ms() const { return retry_after_ms_; }

 private:
  std::string sentence_;
  uint64_t retry_after_ms_ = 0;
  std::string breach_;
  bool told_cancelled_ = false;
};

// "TRANSIENT"; "" for a number that is no status.
std::string_view StatusName(connhost_status status);

// What every call needs of the worker.
struct Guest {
  HostLink& link;
  Call& call;
  uint64_t memory_limit = 0;  // in force, for the sentence about its end
};

// Runs `body` as a call; exceptions become INTERNAL. Returns the settled status.
connhost_status RunCall(const Guest& guest, bool borrowing,
                        const std::function<connhost_status()>& body);

// Sends the RESULT of the last call.
void SendResult(const Guest& guest, connhost_status status);

// Both at once.
void Answer(const Guest& guest, const std::function<connhost_status()>& body);

// For a call that the plugin's table leaves empty, or that comes at the wrong time.
connhost_status Refuse(const Guest& guest, connhost_status status, const std::string& sentence);

}  // namespace connhost
