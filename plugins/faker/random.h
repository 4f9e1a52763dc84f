// Numbers that look random and depend on nothing but their place.
#pragma once

#include <cstdint>

namespace connhost::faker {

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the result depends on every
// bit of `x`.
inline uint64_t Mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

// The values of one row: the same for the same seed, stream and row, whatever was asked before.
class RowRandom {
 public:
  RowRandom(uint64_t stream_seed, uint64_t row) : state_(Mix(stream_seed ^ Mix(row))) {}
  uint64_t Next() { return state_ = Mix(state_); }
  // From 0 to limit - 1.
  uint64_t Below(uint64_t limit) { return Next() % limit; }

 private:
  uint64_t state_;
};

}  // namespace connhost::faker
