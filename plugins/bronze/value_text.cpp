#include "value_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "digits.h"

namespace connhost::bronze {

namespace {

__extension__ using Wide = unsigned __int128;

char* Copy(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

// A number of at most three decimals and 15 digits in all, the usual case, in a third of to_chars'
// time: of the decimals with 15 digits or fewer at most one reads back as a given float64, so what
// reads back is the shortest. Nullptr for all others, and where to_chars would choose an exponent.
char* WriteShortDecimal(char* out, double value) {
  const double magnitude = std::fabs(value);
  if (!(magnitude >= 0.001 && magnitude < 1e11)) return nullptr;
  // NOLINTNEXTLINE(bugprone-incorrect-roundings): a wrong one does not read back
  const auto thousandths = static_cast<uint64_t>(magnitude * 1000 + 0.5);
  if (static_cast<double>(thousandths) / 1000 != magnitude) return nullptr;
  const uint64_t whole = thousandths / 1000;
  const auto fraction = static_cast<uint32_t>(thousandths % 1000);
  if (fraction == 0 && whole >= 100000) return nullptr;
  if (value < 0) *out++ = '-';
  out = WriteUnsigned(out, whole);
  if (fraction == 0) return out;
  *out = '.';
  WritePadded(out + 1, fraction, 3);
  return out + (fraction % 10 != 0 ? 4 : fraction % 100 != 0 ? 3 : 2);
}

// At most 39 digits.
char* WriteWide(char* out, Wide value) {
  constexpr uint64_t kChunk = 10'000'000'000'000'000'000U;  // 10^19
  if (value < kChunk) return WriteUnsigned(out, static_cast<uint64_t>(value));
  out = WriteWide(out, value / kChunk);
  return WritePadded(out, static_cast<uint64_t>(value % kChunk), 19);
}

}  // namespace

char* WriteFloat64(char* out, double value) {
  if (char* end = WriteShortDecimal(out, value)) return end;
  if (std::isnan(value)) return Copy(out, "\"NaN\"");
  if (std::isinf(value)) return Copy(out, value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
  return std::to_chars(out, out + kMostFixedText, value).ptr;
}

char* WriteDecimal(char* out, uint64_t low, int64_t high, int scale) {
  Wide magnitude = static_cast<Wide>(static_cast<uint64_t>(high)) << 64 | low;
  if (high < 0) {
    *out++ = '-';
    magnitude = 0 - magnitude;
  }
  char digits[64];
  const auto count = static_cast<size_t>(WriteWide(digits, magnitude) - digits);
  const auto decimals = static_cast<size_t>(scale);
  if (decimals == 0) return Copy(out, {digits, count});
  if (count > decimals) {
    out = Copy(out, {digits, count - decimals});
  } else {
    *out++ = '0';
  }
  *out++ = '.';
  for (size_t i = count; i < decimals; ++i) *out++ = '0';
  const size_t shown = std::min(count, decimals);
  return Copy(out, {digits + count - shown, shown});
}

char* WriteBase64(char* out, std::string_view bytes) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  for (size_t left = bytes.size(); left > 0;) {
    const size_t taken = std::min<size_t>(left, 3);
    const uint32_t group = static_cast<uint32_t>(p[0] << 16) |
                           static_cast<uint32_t>(taken > 1 ? p[1] << 8 : 0) |
                           static_cast<uint32_t>(taken > 2 ? p[2] : 0);
    out[0] = kDigits[group >> 18];
    out[1] = kDigits[group >> 12 & 63];
    out[2] = taken > 1 ? kDigits[group >> 6 & 63] : '=';
    out[3] = taken > 2 ? kDigits[group & 63] : '=';
    out += 4;
    p += taken;
    left -= taken;
  }
  return out;
}

char* WriteSpliced(char* out, std::string_view json) {
  return Copy(out, json);
}

}  // namespace connhost::bronze
