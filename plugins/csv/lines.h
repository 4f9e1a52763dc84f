// Counting lines, for the sentences that name one.
#pragma once

#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace connhost::csv {

inline uint64_t CountLineFeeds(std::string_view text) {
  uint64_t count = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
#if defined(__SSE2__)
  const __m128i feed = _mm_set1_epi8('\n');
  while (end - at >= 64) {
    __m128i hits = _mm_setzero_si128();
    for (int i = 0; i < 4; ++i, at += 16) {
      const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
      hits = _mm_sub_epi8(hits, _mm_cmpeq_epi8(block, feed));
    }
    const __m128i sums = _mm_sad_epu8(hits, _mm_setzero_si128());
    count += static_cast<uint64_t>(_mm_cvtsi128_si64(sums)) +
             static_cast<uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
  }
#endif
  for (; at < end; ++at) count += *at == '\n' ? 1 : 0;
  return count;
}

}  // namespace connhost::csv
