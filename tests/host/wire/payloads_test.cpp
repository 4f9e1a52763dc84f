#include <gtest/gtest.h>

#include "base/error.h"
#include "host/wire/frame.h"

namespace connhost {
namespace {

TEST(Payloads, ResultRoundTrip) {
  const ResultPayload result = DecodeResult(EncodeResult({1500, "slow down \xC3\xA4"}));
  EXPECT_EQ(result.retry_after_ms, 1500U);
  EXPECT_EQ(result.sentence, "slow down \xC3\xA4");
  EXPECT_EQ(DecodeResult(EncodeResult({0, ""})).sentence, "");
}

TEST(Payloads, RejectRoundTrip) {
  const std::string raw("\xFF\0\n", 3);
  const std::string payload = EncodeReject({"orders.csv", "ragged_row", "9 fields, 8 names", raw});
  const RejectPayload reject = DecodeReject(payload);
  EXPECT_EQ(reject.origin, "orders.csv");
  EXPECT_EQ(reject.code, "ragged_row");
  EXPECT_EQ(reject.reason, "9 fields, 8 names");
  EXPECT_EQ(reject.raw, raw);
}

TEST(Payloads, NumberRoundTrip) {
  for (const uint64_t number : {uint64_t{0}, uint64_t{1}, ~uint64_t{0}}) {
    EXPECT_EQ(DecodeU64(EncodeU64(number)), number);
  }
}

TEST(Payloads, EncodersRepairTextsOfAPlugin) {
  EXPECT_EQ(DecodeResult(EncodeResult({0, "a\xFF"})).sentence, "a\xEF\xBF\xBD");
  const std::string payload = EncodeReject({"\x80", "c", "r", "\x80"});
  EXPECT_EQ(DecodeReject(payload).origin, "\xEF\xBF\xBD");
  EXPECT_EQ(DecodeReject(payload).raw, "\x80");
}

TEST(Payloads, DecodersRefuseInvalidTexts) {
  EXPECT_THROW(DecodeResult(EncodeU64(0) + "\xFF"), Error);
  std::string payload = EncodeReject({"o", "c", "r", "x"});
  payload[4] = '\xFF';
  EXPECT_THROW(DecodeReject(payload), Error);
}

TEST(Payloads, RefuseEveryCutAndEveryTail) {
  const std::string reject = EncodeReject({"origin", "code", "reason", "raw"});
  for (size_t size = 0; size < reject.size(); ++size) {
    EXPECT_THROW(DecodeReject(reject.substr(0, size)), Error) << size;
  }
  EXPECT_THROW(DecodeReject(reject + "x"), Error);
  EXPECT_THROW(DecodeResult("1234567"), Error);
  EXPECT_THROW(DecodeU64("1234567"), Error);
  EXPECT_THROW(DecodeU64("123456789"), Error);
}

TEST(Payloads, RefuseALengthThatPointsFarAway) {
  std::string reject = EncodeReject({"origin", "code", "reason", "raw"});
  for (size_t i = 0; i < 4; ++i) reject[i] = '\xFF';
  try {
    DecodeReject(reject);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "protocol fault: a REJECT frame ends too early: expected 4294967295 more bytes, "
                 "found 31");
  }
}

}  // namespace
}  // namespace connhost
