// Whole numbers as decimal digits, two at a time.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

namespace connhost::bronze {

inline constexpr size_t kMostDigits = 20;  // of 64 bits, with a sign

namespace digits_detail {

inline constexpr std::array<char, 200> kPairs = [] {
  std::array<char, 200> pairs{};
  for (size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

inline constexpr std::array<uint64_t, 20> kPowers = [] {
  std::array<uint64_t, 20> powers{};
  uint64_t power = 1;
  for (uint64_t& entry : powers) {
    entry = power;
    power *= 10;
  }
  return powers;
}();

}  // namespace digits_detail

inline unsigned CountDigits(uint64_t value) {
  const auto bits = static_cast<unsigned>(64 - __builtin_clzll(value | 1));
  const unsigned guess = bits * 1233 >> 12;  // bits * log10(2), rounded down
  return guess + (value >= digits_detail::kPowers[guess] ? 1 : 0) + (value == 0 ? 1 : 0);
}

// `value` < 100.
inline char* WritePair(char* out, uint32_t value) {
  std::memcpy(out, &digits_detail::kPairs[size_t{2} * value], 2);
  return out + 2;
}

// Exactly `count` digits, zeros in front.
inline char* WritePadded(char* out, uint64_t value, unsigned count) {
  char* p = out + count;
  for (; p - out >= 2; value /= 100) WritePair(p -= 2, static_cast<uint32_t>(value % 100));
  if (p != out) *out = static_cast<char>('0' + value % 10);
  return out + count;
}

inline char* WriteUnsigned(char* out, uint64_t value) {
  return WritePadded(out, value, CountDigits(value));
}

inline char* WriteSigned(char* out, int64_t value) {
  auto magnitude = static_cast<uint64_t>(value);
  if (value < 0) {
    *out++ = '-';
    magnitude = 0 - magnitude;
  }
  return WriteUnsigned(out, magnitude);
}

}  // namespace connhost::bronze
