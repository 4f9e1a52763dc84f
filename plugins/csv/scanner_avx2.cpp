#include "plugins/csv/scanner.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace connhost::csv {

#if defined(__x86_64__)

#define CSV_AVX2 __attribute__((target("avx2,pclmul,bmi,popcnt")))

bool HasAvx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
         __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}

namespace {

struct Block {
  __m256i low, high;
};

CSV_AVX2 inline uint64_t Match(const Block& block, __m256i byte) {
  const auto low = static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(block.low, byte)));
  const auto high =
      static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(block.high, byte)));
  return uint64_t{high} << 32 | low;
}

// Bit i is the parity of the bits 0 to i: a product with all ones, without carries.
CSV_AVX2 inline uint64_t PrefixXor(uint64_t bits) {
  const __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<int64_t>(bits)),
                                               _mm_set1_epi8(static_cast<char>(0xFF)), 0);
  return static_cast<uint64_t>(_mm_cvtsi128_si64(product));
}

// Writes eight at a time whatever the number of bits: a loop bound by their number would be
// mispredicted at almost every block.
CSV_AVX2 inline uint32_t* ListBits(uint64_t bits, uint32_t base, uint32_t* out) {
  const auto count = static_cast<int>(_mm_popcnt_u64(bits));
  for (int done = 0; done < count; done += 8) {
    for (int i = 0; i < 8; ++i) {
      out[done + i] = base + static_cast<uint32_t>(_tzcnt_u64(bits));
      bits = _blsr_u64(bits);
    }
  }
  return out + count;
}

}  // namespace

CSV_AVX2 size_t ScanAvx2(const char* text, size_t begin, size_t end, const Dialect& dialect,
                         RowIndex& index) {
  const __m256i quote_byte = _mm256_set1_epi8(dialect.quote);
  const __m256i delimiter_byte = _mm256_set1_epi8(dialect.delimiter);
  const __m256i feed_byte = _mm256_set1_epi8('\n');
  const __m256i return_byte = _mm256_set1_epi8('\r');
  uint32_t* const first = index.mutable_separators();
  uint32_t* out = first + index.separator_count;
  uint32_t* row_out = index.mutable_row_ends();
  uint64_t inside = 0;       // all ones while a quote is open at the block's start
  uint64_t may_open = 1;     // the byte before was a separator or a closing quote
  uint64_t was_closing = 0;  // the byte before was a closing quote
  size_t stop = end;

  for (size_t at = begin; at < end; at += 64) {
    const auto* bytes = reinterpret_cast<const __m256i*>(text + at);
    const Block block{_mm256_loadu_si256(bytes), _mm256_loadu_si256(bytes + 1)};
    const size_t left = end - at;
    uint64_t within = left >= 64 ? ~uint64_t{0} : (uint64_t{1} << left) - 1;
    uint64_t separators = (Match(block, delimiter_byte) | Match(block, feed_byte)) & within;
    const uint64_t quotes = dialect.quoting ? Match(block, quote_byte) & within : 0;
    if ((quotes | inside | was_closing) != 0) {
      const uint64_t open = PrefixXor(quotes) ^ inside;
      separators &= ~open;
      const uint64_t opening = quotes & open, closing = quotes & ~open;
      const uint64_t after = separators | opening | Match(block, return_byte);
      const uint64_t odd = ((opening & ~((separators | closing) << 1 | may_open)) |
                            ((closing << 1 | was_closing) & ~after)) &
                           within;
      if (odd != 0) {
        const auto bit = static_cast<unsigned>(_tzcnt_u64(odd));
        separators &= (uint64_t{1} << bit) - 1;
        stop = at + bit;
      }
      inside = static_cast<uint64_t>(static_cast<int64_t>(open) >> 63);
      was_closing = closing >> 63;
      may_open = (separators | closing) >> 63;
    } else {
      may_open = separators >> 63;
    }
    uint64_t feeds = separators & Match(block, feed_byte);
    while (feeds != 0) {
      const auto before = static_cast<uint64_t>(_mm_popcnt_u64(separators & (feeds ^ (feeds - 1))));
      *row_out++ = static_cast<uint32_t>(static_cast<uint64_t>(out - first) + before - 1);
      feeds = _blsr_u64(feeds);
    }
    out = ListBits(separators, static_cast<uint32_t>(at), out);
    if (stop != end) break;
  }
  index.separator_count = static_cast<size_t>(out - first);
  index.row_count = static_cast<size_t>(row_out - index.mutable_row_ends());
  return stop;
}

#else

bool HasAvx2() {
  return false;
}

size_t ScanAvx2(const char* text, size_t begin, size_t end, const Dialect& dialect,
                RowIndex& index) {
  return ScanScalar(text, begin, end, dialect, index);
}

#endif

}  // namespace connhost::csv
