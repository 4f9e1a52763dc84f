#include "base/json.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.h"

namespace connhost {
namespace {

std::string MessageOf(std::string_view text) {
  try {
    ParseJson(text, "state.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    return error.what();
  }
  return "";
}

TEST(Json, NamesTheLineAndColumnOfAFault) {
  EXPECT_EQ(MessageOf("{\n  \"a\": tru\n}").rfind("state.json: line 2, column ", 0), 0U);
}

TEST(Json, RefusesWhatFollowsTheDocument) {
  EXPECT_NE(MessageOf("{} {}"), "");
}

TEST(Json, RefusesInvalidUtf8) {
  EXPECT_NE(MessageOf("\"\xC3\x28\""), "");
}

TEST(Json, SurvivesAMillionLevels) {
  const std::string deep(1000000, '[');
  EXPECT_NE(MessageOf(deep), "");
  const Json document = ParseJson(deep + std::string(1000000, ']'), "deep");
  EXPECT_TRUE(document.IsArray());
}

TEST(Json, KeepsSeventeenDigitsExact) {
  const Json document = ParseJson("[0.30000000000000004]", "x");
  EXPECT_EQ(document[0].GetDouble(), 0.1 + 0.2);
}

TEST(Json, AZeroIsZeroHoweverItIsWritten) {
  const std::string zeros(100, '0');
  for (const std::string& text :
       {std::string("0e93"), std::string("0E+93"), std::string("-0e-93"), std::string("0.00e300"),
        std::string("0e1"), "0." + zeros, "-0." + zeros + "e7"}) {
    EXPECT_EQ(ParseJson(text, "zero").GetDouble(), 0.0) << text;
    EXPECT_EQ(ParseJson("[" + text + "]", "zero")[0].GetDouble(), 0.0) << text;
  }
  EXPECT_EQ(WriteJson(ParseJson(R"({"0e93":"\"0e93","a":0e93,"b":10e2,"c":0})", "zero")),
            R"({"0e93":"\"0e93","a":0.0,"b":1000.0,"c":0})");
  for (const char* text : {"00e1", "0.e1", "0e", "0e+", "0.0.0e1", "0e9-", "0e200e", "0e2e93",
                           "0.000.1", "\"0e93", "0e93 0"}) {
    EXPECT_NE(MessageOf(text), "") << text;
  }
}

TEST(Json, ReadsRealNumbersOfAnyLengthAsTheNearestDouble) {
  const std::string nines(300, '9');
  const std::string zeros(400, '0');
  for (const std::string& text :
       {std::string("5e-324"), std::string("1.7976931348623157e308"), std::string("1e-400"),
        "0." + zeros + "1e390", "0." + zeros + "1", nines + ".5", nines + "e8", nines + "e-300",
        "-1." + nines, std::string("18446744073709551616"), "0.1" + zeros + "1e-200"}) {
    EXPECT_EQ(ParseJson(text, "x").GetDouble(), std::strtod(text.c_str(), nullptr)) << text;
  }
  for (const std::string& text : {std::string("1e309"), nines + nines, nines + "e300", "1" + zeros,
                                  std::string("-1e99999999999")}) {
    EXPECT_NE(MessageOf(text).find("Number too big"), std::string::npos) << text;
  }
}

TEST(Json, KeepsWholeNumbersOfSixtyFourBitsExact) {
  EXPECT_EQ(ParseJson("-9223372036854775808", "x").GetInt64(), INT64_MIN);
  EXPECT_EQ(ParseJson("18446744073709551615", "x").GetUint64(), UINT64_MAX);
  EXPECT_TRUE(ParseJson("7", "x").IsInt());
  EXPECT_EQ(WriteJson(ParseJson("[-0,1.0,1e2]", "x")), "[0,1.0,100.0]");
}

TEST(Json, ReplacesAMember) {
  Json document = ParseJson(R"({"a":1})", "x");
  SetMember(document, document, "a", std::string_view("two"));
  SetMember(document, document, "b", JsonValue(true));
  EXPECT_EQ(WriteJson(document), R"({"a":"two","b":true})");
}

TEST(Json, QuotesAnyBytes) {
  EXPECT_EQ(QuoteJson("a\"\n\xFF"), "\"a\\\"\\n\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace connhost
