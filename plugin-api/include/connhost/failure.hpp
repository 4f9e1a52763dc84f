// How a plugin written in C++ fails: by exception inside, by status and sentence at the border.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "plugin.h"

namespace connhost::sdk {

// Thrown by authors. The sentence says what was expected, what was found, where, and what to do.
class Failure : public std::runtime_error {
 public:
  Failure(connhost_status status, const std::string& sentence, uint64_t retry_after_ms = 0)
      : std::runtime_error(sentence), status_(status), retry_after_ms_(retry_after_ms) {}
  connhost_status status() const { return status_; }
  uint64_t retry_after_ms() const { return retry_after_ms_; }

 private:
  connhost_status status_;
  uint64_t retry_after_ms_;
};

// One per status, so that a throw reads as what it means.
struct ConfigFailure : Failure {
  explicit ConfigFailure(const std::string& sentence) : Failure(CONNHOST_CONFIG, sentence) {}
};
struct AuthFailure : Failure {
  explicit AuthFailure(const std::string& sentence) : Failure(CONNHOST_AUTH, sentence) {}
};
struct TransientFailure : Failure {
  explicit TransientFailure(const std::string& sentence) : Failure(CONNHOST_TRANSIENT, sentence) {}
};
struct StaleCursorFailure : Failure {
  explicit StaleCursorFailure(const std::string& sentence)
      : Failure(CONNHOST_STALE_CURSOR, sentence) {}
};
struct UnsupportedFailure : Failure {
  explicit UnsupportedFailure(const std::string& sentence)
      : Failure(CONNHOST_UNSUPPORTED, sentence) {}
};

// Thrown by the SDK when the host asked to stop; let it pass.
struct Cancelled {};

inline connhost_text ToText(std::string_view text) {
  return {text.data(), static_cast<uint64_t>(text.size())};
}

inline std::string_view ToView(connhost_text text) {
  return {text.data == nullptr ? "" : text.data, static_cast<size_t>(text.size)};
}

}  // namespace connhost::sdk
