// Validates JSON text (RFC 8259) without building anything: 1 to 2 GB/s, no allocation, no
// recursion. UTF-8 is not checked here. Portable C++17; uses SSE2 where the compiler has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace connhost::sdk {

// Deeper nesting than this is refused.
inline constexpr unsigned kMaxJsonDepth = 1024;

namespace json_detail {

inline const char* SkipSpace(const char* p, const char* end) {
  if (p<end&& * p> ' ') return p;
  while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')) ++p;
  return p;
}

inline bool IsDigit(char c) {
  return static_cast<unsigned char>(c - '0') < 10;
}

inline bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// `p` is at a backslash; past the escape, or nullptr.
inline const char* ScanEscape(const char* p, const char* end) {
  if (end - p < 2) return nullptr;
  if (p[1] != 'u') return std::strchr("\"\\/bfnrt", p[1]) != nullptr && p[1] != 0 ? p + 2 : nullptr;
  if (end - p < 6) return nullptr;
  for (int i = 2; i < 6; ++i) {
    if (!IsHex(p[i])) return nullptr;
  }
  return p + 6;
}

// The first quote, backslash or control character at or after `p`; `end` when there is none.
inline const char* FindSpecial(const char* p, const char* end) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), last = _mm_set1_epi8(0x1F);
  for (; end - p >= 16; p += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, last), block);
    const __m128i hit = _mm_or_si128(
        control, _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, slash)));
    const int mask = _mm_movemask_epi8(hit);
    if (mask != 0) return p + __builtin_ctz(static_cast<unsigned>(mask));
  }
#endif
  while (p < end && *p != '"' && *p != '\\' && static_cast<unsigned char>(*p) >= 0x20) ++p;
  return p;
}

// `p` is behind the opening quote; past the closing one, or nullptr.
inline const char* ScanString(const char* p, const char* end) {
  while (true) {
    p = FindSpecial(p, end);
    if (p == end) return nullptr;
    if (*p == '"') return p + 1;
    if (*p != '\\') return nullptr;
    p = ScanEscape(p, end);
    if (p == nullptr) return nullptr;
  }
}

// The first byte that is no digit. Whole blocks first: a loop over single digits is mispredicted at
// the end of nearly every number.
inline const char* SkipDigits(const char* p, const char* end) {
#if defined(__SSE2__)
  const __m128i zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9);
  for (; end - p >= 16; p += 16) {
    const __m128i block = _mm_sub_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), zero);
    const int digits = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(block, nine), block));
    if (digits != 0xFFFF) return p + __builtin_ctz(~static_cast<unsigned>(digits));
  }
#endif
  while (p < end && IsDigit(*p)) ++p;
  return p;
}

// Past at least one digit, or nullptr.
inline const char* ScanDigits(const char* p, const char* end) {
  const char* stop = SkipDigits(p, end);
  return stop == p ? nullptr : stop;
}

inline const char* ScanNumber(const char* p, const char* end) {
  if (p < end && *p == '-') ++p;
  if (p < end && *p == '0') {
    ++p;
  } else {
    p = ScanDigits(p, end);
    if (p == nullptr) return nullptr;
  }
  if (p < end && *p == '.') {
    p = ScanDigits(p + 1, end);
    if (p == nullptr) return nullptr;
  }
  if (p < end && (*p == 'e' || *p == 'E')) {
    ++p;
    if (p < end && (*p == '+' || *p == '-')) ++p;
    p = ScanDigits(p, end);
  }
  return p;
}

inline const char* ScanWord(const char* p, const char* end, std::string_view word) {
  const bool there =
      static_cast<size_t>(end - p) >= word.size() && std::memcmp(p, word.data(), word.size()) == 0;
  return there ? p + word.size() : nullptr;
}

// A value that is neither object nor array.
inline const char* ScanScalar(const char* p, const char* end) {
  switch (*p) {
    case '"':
      return ScanString(p + 1, end);
    case 't':
      return ScanWord(p, end, "true");
    case 'f':
      return ScanWord(p, end, "false");
    case 'n':
      return ScanWord(p, end, "null");
    default:
      return ScanNumber(p, end);
  }
}

// `p` is at a key's place; past the colon, or nullptr.
inline const char* ScanKey(const char* p, const char* end) {
  p = SkipSpace(p, end);
  if (p == end || *p != '"') return nullptr;
  p = ScanString(p + 1, end);
  if (p == nullptr) return nullptr;
  p = SkipSpace(p, end);
  return p < end && *p == ':' ? p + 1 : nullptr;
}

// Which brackets are open: one bit a level, 1 for an object.
class Nesting {
 public:
  bool Push(bool object) {
    if (depth_ == kMaxJsonDepth) return false;
    uint64_t& word = bits_[depth_ >> 6];
    const uint64_t bit = uint64_t{1} << (depth_ & 63);
    if (bit == 1) word = 0;  // not all at once: most documents are flat
    word = object ? word | bit : word & ~bit;
    ++depth_;
    return true;
  }
  void Pop() { --depth_; }
  bool empty() const { return depth_ == 0; }
  bool in_object() const { return (bits_[(depth_ - 1) >> 6] >> ((depth_ - 1) & 63) & 1) != 0; }

 private:
  unsigned depth_ = 0;
  uint64_t bits_[kMaxJsonDepth / 64];  // those of open levels are set
};

}  // namespace json_detail

// Past the one JSON value that starts at `p` (white space before it is skipped), or nullptr when
// there is none, it is invalid, cut short, or too deep.
inline const char* ScanJson(const char* p, const char* end) {
  using namespace json_detail;
  Nesting nesting;
  while (true) {
    p = SkipSpace(p, end);
    if (p == end) return nullptr;
    if (*p == '{' || *p == '[') {
      const bool object = *p == '{';
      const char* inside = SkipSpace(p + 1, end);
      if (inside == end) return nullptr;
      if (*inside == (object ? '}' : ']')) {
        p = inside + 1;
      } else {
        if (!nesting.Push(object)) return nullptr;
        p = object ? ScanKey(inside, end) : inside;
        if (p == nullptr) return nullptr;
        continue;
      }
    } else {
      p = ScanScalar(p, end);
      if (p == nullptr) return nullptr;
    }
    while (true) {  // behind a value: close brackets until a comma or the end
      if (nesting.empty()) return p;
      p = SkipSpace(p, end);
      if (p == end) return nullptr;
      const bool object = nesting.in_object();
      if (*p == ',') {
        p = object ? ScanKey(p + 1, end) : p + 1;
        if (p == nullptr) return nullptr;
        break;
      }
      if (*p != (object ? '}' : ']')) return nullptr;
      nesting.Pop();
      ++p;
    }
  }
}

// True when `text` is exactly one JSON value, white space around it allowed.
inline bool IsJson(std::string_view text) {
  const char* end = text.data() + text.size();
  const char* p = ScanJson(text.data(), end);
  return p != nullptr && json_detail::SkipSpace(p, end) == end;
}

// True when `text` is exactly one JSON number, nothing around it.
inline bool IsJsonNumber(std::string_view text) {
  const char* end = text.data() + text.size();
  return !text.empty() && json_detail::ScanNumber(text.data(), end) == end;
}

// Calls `on_member(key, value)` for each member of the object `text`, in order, with the raw texts:
// the key without quotes but still escaped. False when it is no object; a text that is not valid
// JSON ends the walk at the fault at the latest, after the members before it.
template <class OnMember>
bool ForEachMember(std::string_view text, OnMember&& on_member) {
  using namespace json_detail;
  const char* end = text.data() + text.size();
  const char* p = SkipSpace(text.data(), end);
  if (p == end || *p != '{') return false;
  p = SkipSpace(p + 1, end);
  while (p != nullptr && p < end && *p == '"') {
    const char* key = p + 1;
    const char* key_end = ScanString(key, end);
    if (key_end == nullptr) return false;
    const char* colon = SkipSpace(key_end, end);
    if (colon == end || *colon != ':') return false;
    const char* value = SkipSpace(colon + 1, end);
    const char* value_end = ScanJson(value, end);
    if (value_end == nullptr) return false;
    on_member(std::string_view(key, static_cast<size_t>(key_end - 1 - key)),
              std::string_view(value, static_cast<size_t>(value_end - value)));
    p = SkipSpace(value_end, end);
    if (p == end || *p != ',') break;
    p = SkipSpace(p + 1, end);
  }
  return true;
}

}  // namespace connhost::sdk
