// The configuration of the faker source, checked.
#pragma once

#include <connhost/json.hpp>
#include <cstdint>
#include <string>

namespace connhost::faker {

enum class Shape { kPeople, kOrders, kWide, kDocuments };

enum class Fault {
  kNone,
  kCrash,    // SIGSEGV
  kExit,     // ends the process with status 7
  kHang,     // sleeps for ever without a sign of life
  kSpin,     // the same, busy
  kLeak,     // takes memory until there is none
  kGarbage,  // writes bytes of its own to descriptor 3, then goes on
  kAuth,     // fails as AUTH, and so on
  kConfig,
  kTransient,
  kThrottled,
  kStaleCursor,  // refuses a stored state at or behind fail_at
  kThrow,        // throws an exception that is no Failure
  kBadState      // hands over a checkpoint that is no JSON, then goes on
};

struct Settings {
  uint64_t rows = 0;
  uint64_t streams = 0;
  Shape shape = Shape::kPeople;
  uint64_t seed = 0;
  uint64_t rate = 0;              // rows per second, 0 unlimited
  uint64_t batch_rows = 0;        // 1 to 8192
  uint64_t checkpoint_every = 0;  // rows, 0 each batch
  uint64_t reject_every = 0;      // rows, 0 never
  bool auth_fails = false;
  Fault fault = Fault::kNone;
  uint64_t fail_at = 0;
  bool fail_always = false;
  uint64_t retry_after_ms = 0;

  // Throws ConfigFailure with a sentence that names the field.
  static Settings From(const sdk::Json& config);

  // "people", "people_2", ...; from 0.
  std::string StreamName(uint64_t index) const;
};

}  // namespace connhost::faker
