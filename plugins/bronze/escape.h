// Text into the inside of a JSON string, copied and searched for what must be escaped in one pass.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace connhost::bronze {

inline constexpr size_t kMostEscape = 6;     // bytes of output for one of input
inline constexpr size_t kEscapeStride = 16;  // bytes read and written at once

namespace escape_detail {

struct Escape {
  char text[7];
  uint8_t size;
};

// For every byte up to the backslash, the last that is escaped.
inline constexpr std::array<Escape, '\\' + 1> kEscapes = [] {
  std::array<Escape, '\\' + 1> table{};
  constexpr char kHex[] = "0123456789abcdef";
  for (size_t c = 0; c < 0x20; ++c) {
    table[c] = {{'\\', 'u', '0', '0', kHex[c >> 4], kHex[c & 15]}, 6};
  }
  table['\b'] = {{'\\', 'b'}, 2};
  table['\t'] = {{'\\', 't'}, 2};
  table['\n'] = {{'\\', 'n'}, 2};
  table['\f'] = {{'\\', 'f'}, 2};
  table['\r'] = {{'\\', 'r'}, 2};
  table['"'] = {{'\\', '"'}, 2};
  table['\\'] = {{'\\', '\\'}, 2};
  return table;
}();

inline bool NeedsEscape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// Copies 16 bytes; bit i of the answer says that byte i needs an escape.
inline uint32_t CopyAndFind(char* out, const char* from) {
#if defined(__SSE2__)
  const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), block);
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1F)), block);
  const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
  const __m128i slash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
  const __m128i hits = _mm_or_si128(control, _mm_or_si128(quote, slash));
  return static_cast<uint32_t>(_mm_movemask_epi8(hits));
#else
  std::memcpy(out, from, kEscapeStride);
  uint32_t mask = 0;
  for (size_t i = 0; i < kEscapeStride; ++i) mask |= uint32_t{NeedsEscape(from[i])} << i;
  return mask;
#endif
}

// Byte by byte, for where 16 bytes may not be read.
[[gnu::noinline]] inline char* WriteEscapedBytes(char* out, const char* p, const char* end) {
  for (; p < end; ++p) {
    if (!NeedsEscape(*p)) {
      *out++ = *p;
      continue;
    }
    const Escape& escape = kEscapes[static_cast<unsigned char>(*p)];
    std::memcpy(out, &escape, sizeof escape);
    out += escape.size;
  }
  return out;
}

}  // namespace escape_detail

// Writes up to kMostEscape * size bytes and may touch kEscapeStride more. Reads 16 bytes at a
// time where `p` is not beyond `safe`, that is, where 16 bytes may be read.
inline char* WriteEscaped(char* out, const char* p, size_t size, const char* safe) {
  const char* end = p + size;
  while (p < end) {
    if (p > safe) return escape_detail::WriteEscapedBytes(out, p, end);
    const auto left = static_cast<size_t>(end - p);
    uint32_t mask = escape_detail::CopyAndFind(out, p);
    if (left < kEscapeStride) mask &= (1U << left) - 1;
    if (mask == 0) {
      const size_t step = std::min(left, kEscapeStride);
      p += step;
      out += step;
      continue;
    }
    const auto clean = static_cast<size_t>(__builtin_ctz(mask));
    const escape_detail::Escape& escape =
        escape_detail::kEscapes[static_cast<unsigned char>(p[clean])];
    std::memcpy(out + clean, &escape, sizeof escape);
    out += clean + escape.size;
    p += clean + 1;
  }
  return out;
}

}  // namespace connhost::bronze
