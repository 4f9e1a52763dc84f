#include "plugins/faker/settings.h"

#include <array>

namespace connhost::faker {

namespace {

constexpr std::array kShapes = {"people", "orders", "wide", "documents"};
constexpr std::array kFaults = {"none",      "crash",        "exit",  "hang",     "spin",
                                "leak",      "garbage",      "auth",  "config",   "transient",
                                "throttled", "stale_cursor", "throw", "bad_state"};
constexpr std::array kAuth = {"ok", "fail"};

template <size_t N>
size_t Choice(const sdk::Json& config, const char* field, const std::array<const char*, N>& names) {
  const std::string text = config.GetString(field, names[0]);
  std::string known;
  for (size_t i = 0; i < N; ++i) {
    if (text == names[i]) return i;
    known += (i == 0 ? "" : ", ") + std::string(names[i]);
  }
  throw sdk::ConfigFailure("'" + std::string(field) + "' must be one of " + known + ", but is '" +
                           text + "'");
}

uint64_t Count(const sdk::Json& config, const char* field, int64_t fallback, int64_t least,
               int64_t most) {
  const int64_t value = config.GetInt(field, fallback);
  if (value < least || value > most) {
    throw sdk::ConfigFailure("'" + std::string(field) + "' must be from " + std::to_string(least) +
                             " to " + std::to_string(most) + ", but is " + std::to_string(value));
  }
  return static_cast<uint64_t>(value);
}

}  // namespace

Settings Settings::From(const sdk::Json& config) {
  constexpr int64_t kMost = 1'000'000'000'000;
  Settings settings;
  settings.rows = Count(config, "rows", 1000, 0, kMost);
  settings.streams = Count(config, "streams", 1, 1, 1000);
  settings.shape = static_cast<Shape>(Choice(config, "shape", kShapes));
  settings.seed = static_cast<uint64_t>(config.GetInt("seed", 1));
  settings.rate = Count(config, "rate", 0, 0, kMost);
  settings.batch_rows = Count(config, "batch_rows", 8192, 1, 8192);
  settings.checkpoint_every = Count(config, "checkpoint_every", 0, 0, kMost);
  settings.reject_every = Count(config, "reject_every", 0, 0, kMost);
  settings.auth_fails = Choice(config, "auth", kAuth) == 1;
  settings.fault = static_cast<Fault>(Choice(config, "fault", kFaults));
  settings.fail_at = Count(config, "fail_at", 1, 1, kMost);
  settings.fail_always = config.GetBool("fail_always", false);
  settings.retry_after_ms = Count(config, "retry_after_ms", 1000, 0, kMost);
  return settings;
}

std::string Settings::StreamName(uint64_t index) const {
  const std::string name = kShapes[static_cast<size_t>(shape)];
  return index == 0 ? name : name + "_" + std::to_string(index + 1);
}

}  // namespace connhost::faker
