// Single values against an independent spelling of the same.
#include "plugins/bronze/value_text.h"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <chrono>
#include <connhost/json.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "base/time.h"
#include "plugins/bronze/digits.h"
#include "plugins/bronze/escape.h"

namespace connhost::bronze {
namespace {

std::string Float(double value) {
  char text[128];
  return {text, WriteFloat64(text, value)};
}

std::string Decimal(uint64_t low, int64_t high, int scale) {
  char text[128];
  return {text, WriteDecimal(text, low, high, scale)};
}

std::string Date(int64_t days) {
  char text[128];
  DayText cache;
  return {text, WriteDate(text, days, cache)};
}

std::string Base64(std::string_view bytes) {
  std::string text(2 * bytes.size() + 8, '?');
  return {text.data(), WriteBase64(text.data(), bytes)};
}

void ExpectLikeToChars(double value) {
  char text[64];
  const std::string expected(text, std::to_chars(text, text + sizeof text, value).ptr);
  ASSERT_EQ(Float(value), expected);
}

TEST(ValueText, FloatsAreAsToCharsWritesThem) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 200'000; ++i) {
    const auto number = static_cast<double>(static_cast<int64_t>(random()) >> (random() % 64));
    for (const double by : {1.0, 10.0, 100.0, 1000.0, 10000.0}) ExpectLikeToChars(number / by);
    const auto bits = std::bit_cast<double>(random());
    if (std::isfinite(bits)) ExpectLikeToChars(bits);
  }
  for (const double value : {0.0, -0.0, 1e5, 1e4, 99999.0, 100001.5, 1e11, 99999999999.999, 0.001,
                             0.0005, 1e22, 5e-324, 1.7976931348623157e308}) {
    ExpectLikeToChars(value);
    ExpectLikeToChars(-value);
  }
}

TEST(ValueText, NumbersThatJsonLacksAreStrings) {
  EXPECT_EQ(Float(std::numeric_limits<double>::quiet_NaN()), "\"NaN\"");
  EXPECT_EQ(Float(std::numeric_limits<double>::infinity()), "\"Infinity\"");
  EXPECT_EQ(Float(-std::numeric_limits<double>::infinity()), "\"-Infinity\"");
}

TEST(ValueText, WholeNumbersAreAsToStringWritesThem) {
  std::mt19937_64 random(3);
  std::vector<int64_t> values = {0,
                                 1,
                                 9,
                                 10,
                                 99,
                                 100,
                                 std::numeric_limits<int64_t>::max(),
                                 std::numeric_limits<int64_t>::min()};
  for (int64_t power = 1; power <= 1'000'000'000'000'000'000 / 10; power *= 10) {
    values.insert(values.end(), {power, power - 1, -power, 1 - power});
  }
  for (int i = 0; i < 100'000; ++i) {
    values.push_back(static_cast<int64_t>(random()) >> (random() % 64));
  }
  for (const int64_t value : values) {
    char text[32];
    ASSERT_EQ(std::string(text, WriteSigned(text, value)), std::to_string(value));
  }
  char text[32];
  EXPECT_EQ(std::string(text, WriteUnsigned(text, ~uint64_t{0})), "18446744073709551615");
}

TEST(ValueText, DecimalsKeepAllTheirDecimals) {
  EXPECT_EQ(Decimal(1230, 0, 2), "12.30");
  EXPECT_EQ(Decimal(5, 0, 2), "0.05");
  EXPECT_EQ(Decimal(static_cast<uint64_t>(-5), -1, 3), "-0.005");
  EXPECT_EQ(Decimal(0, 0, 0), "0");
  EXPECT_EQ(Decimal(0, 0, 2), "0.00");
  EXPECT_EQ(Decimal(0, 1, 0), "18446744073709551616");
  // 10^38 - 1, the largest of precision 38, and its negative.
  EXPECT_EQ(Decimal(0x098A223FFFFFFFFF, 0x4B3B4CA85A86C47A, 38), "0." + std::string(38, '9'));
  EXPECT_EQ(Decimal(~uint64_t{0x098A223FFFFFFFFF} + 1, ~int64_t{0x4B3B4CA85A86C47A}, 0),
            "-" + std::string(38, '9'));
  EXPECT_EQ(Decimal(0, std::numeric_limits<int64_t>::min(), 0),
            "-170141183460469231731687303715884105728");
}

TEST(ValueText, DatesHoldForEveryDay) {
  EXPECT_EQ(Date(0), "\"1970-01-01\"");
  EXPECT_EQ(Date(11016), "\"2000-02-29\"");
  EXPECT_EQ(Date(-719528), "\"0000-01-01\"");
  EXPECT_EQ(Date(-719529), "\"-0001-12-31\"");
  EXPECT_EQ(Date(2932896), "\"9999-12-31\"");
  EXPECT_EQ(Date(2932897), "\"+10000-01-01\"");
  EXPECT_EQ(Date(std::numeric_limits<int32_t>::max()), "\"+5881580-07-11\"");
  EXPECT_EQ(Date(std::numeric_limits<int32_t>::min()), "\"-5877641-06-23\"");
}

TEST(ValueText, TimesAreAsTheHostWritesThem) {
  std::mt19937_64 random(5);
  DayText cache;
  for (int i = 0; i < 50'000; ++i) {
    const auto micros = static_cast<int64_t>(random() % 4'000'000'000'000'000);
    char text[128];
    ASSERT_EQ(std::string(text, WriteTimestamp(text, micros, true, cache)),
              "\"" + FormatTime(micros) + "\"");
  }
  char text[128];
  EXPECT_EQ(
      std::string(text, WriteTimestamp(text, std::numeric_limits<int64_t>::max(), false, cache)),
      "\"+294247-01-10T04:00:54.775807\"");
  EXPECT_EQ(
      std::string(text, WriteTimestamp(text, std::numeric_limits<int64_t>::min(), true, cache)),
      "\"-290308-12-21T19:59:05.224192Z\"");
}

TEST(ValueText, Base64IsPadded) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(Base64("\xfb\xff\xfe"), "+//+");
}

// Every byte at every distance from the end, with and without room to read on.
TEST(ValueText, EscapedTextReadsBackAsItWas) {
  for (int byte = 0; byte < 256; ++byte) {
    for (size_t size = 1; size <= 40; ++size) {
      for (const size_t at : {size_t{0}, size / 2, size - 1}) {
        std::string text(size, 'a');
        text[at] = static_cast<char>(byte);
        std::string out(kMostEscape * size + kEscapeStride, '?');
        const std::string room = "<" + text;  // no text begins at its first byte: nowhere is safe
        const char* end = room.data() + room.size();
        const char* safe = size >= kEscapeStride ? end - kEscapeStride : room.data();
        out.resize(
            static_cast<size_t>(WriteEscaped(out.data(), end - size, size, safe) - out.data()));
        ASSERT_EQ(sdk::json_detail::Unescape(out), text);
        ASSERT_TRUE(sdk::IsJson("\"" + out + "\"")) << out;
        const bool plain = byte >= 0x20 && byte != '"' && byte != '\\';
        ASSERT_EQ(out == text, plain);
      }
    }
  }
}

}  // namespace
}  // namespace connhost::bronze
