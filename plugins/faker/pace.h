// Keeps a read to a number of rows per second.
#pragma once

#include <chrono>
#include <connhost/host.hpp>
#include <cstdint>

namespace connhost::faker {

// Main thread.
class Pace {
 public:
  // `rate` in rows per second; 0 never waits.
  Pace(sdk::Host host, uint64_t rate) : host_(host), rate_(rate) {}

  // Rows to make between two calls of Await: a tenth of a second's, at least one.
  uint64_t portion() const { return rate_ / 10 + 1; }
  // Waits until `rows` rows since the start are due, with signs of life; throws Cancelled.
  void Await(uint64_t rows) const;

 private:
  sdk::Host host_;
  uint64_t rate_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace connhost::faker
