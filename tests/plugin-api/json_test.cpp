#include <gtest/gtest.h>

#include <connhost/json.hpp>

namespace connhost::sdk {
namespace {

TEST(SdkJson, KeepsNumbersAsWritten) {
  const Json document = Json::Parse(R"({"n":12345678901234567890.10,"e":1E5})", "x");
  EXPECT_EQ(document.Write(), R"({"n":12345678901234567890.10,"e":1E5})");
}

TEST(SdkJson, ResolvesEscapes) {
  EXPECT_EQ(Json::Parse(R"("\u00e9\ud83d\ude80\n\/\ud800")", "x").text(),
            "\xC3\xA9\xF0\x9F\x9A\x80\n/\xEF\xBF\xBD");
}

TEST(SdkJson, RoundTripsControlCharacters) {
  const Json text = Json::String("\x01\"\\\n");
  EXPECT_EQ(Json::Parse(text.Write(), "x").text(), "\x01\"\\\n");
}

TEST(SdkJson, ReadsTypedMembersOrSaysWhatWasFound) {
  const Json config = Json::Parse(R"({"n":7,"s":"x","b":true,"l":["a"],"f":1.5,"null":null})", "c");
  EXPECT_EQ(config.GetInt("n", 0), 7);
  EXPECT_EQ(config.GetInt("absent", 9), 9);
  EXPECT_EQ(config.GetString("null", "fallback"), "fallback");
  EXPECT_TRUE(config.GetBool("b", false));
  EXPECT_EQ(config.GetStrings("l"), std::vector<std::string>{"a"});
  for (const auto& wrong : {"s", "f", "l"}) EXPECT_THROW(config.GetInt(wrong, 0), ConfigFailure);
  try {
    config.GetString("n");
    FAIL();
  } catch (const ConfigFailure& failure) {
    EXPECT_STREQ(failure.what(), "'n' must be a string, but is 7");
  }
}

TEST(SdkJson, RefusesWhatIsNoDocument) {
  EXPECT_THROW(Json::Parse("{} x", "it"), ConfigFailure);
}

TEST(SdkJson, SetsAndErasesMembers) {
  Json object = Json::Object();
  object.Set("a", Json::Number(1));
  object.Set("a", Json::Bool(false));
  object.Set("b", Json::Array()).Append(Json());
  object.Erase("missing");
  EXPECT_EQ(object.Write(), R"({"a":false,"b":[null]})");
}

}  // namespace
}  // namespace connhost::sdk
