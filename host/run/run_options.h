// How a run behaves, apart from what the connection says.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "registry/registry.h"

namespace connhost {

struct RunOptions {
  std::string stream;  // only this one; "" all
  bool full = false;   // read from the start whatever the state

  // A commit happens at the first checkpoint after this much time, data or records, and at the end.
  int64_t commit_millis = 30'000;
  uint64_t commit_bytes = 256U << 20;
  uint64_t commit_records = UINT64_MAX;

  // Attempts without progress before a stream fails; delays double from the first to the longest.
  uint64_t attempts = 5;
  int64_t first_delay_millis = 500;
  int64_t longest_delay_millis = 60'000;

  int64_t lease_micros = 30'000'000;
  int echo_level = 2;  // log lines of at least this level also go to stderr

  // Bytes a destination prints (capability console).
  std::function<void(std::string_view)> console;
};

// Opens one more handle on the registry, for another thread.
using RegistryFactory = std::function<std::unique_ptr<Registry>()>;

}  // namespace connhost
