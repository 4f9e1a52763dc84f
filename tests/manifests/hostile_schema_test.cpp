// Schemas and values made to exhaust the validator: they end soon, with a sentence.
#include <gtest/gtest.h>

#include "base/error.h"
#include "manifests/json_schema.h"

namespace connhost {
namespace {

JsonSchema Compiled(const std::string& schema) {
  return JsonSchema::CompileOrThrow(ParseJson(schema, "schema"), "schema");
}

std::string Refusal(const std::string& schema) {
  try {
    Compiled(schema);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

std::string Repeat(std::string_view text, size_t times) {
  std::string repeated;
  for (size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

Json Text(const std::string& text) {
  Json value;
  value.SetString(text.data(), static_cast<rapidjson::SizeType>(text.size()), value.GetAllocator());
  return value;
}

constexpr size_t kMillion = 1'000'000;

TEST(HostileSchema, BacktrackingPatternsTakeLinearTime) {
  for (const char* pattern : {"^(a+)+$", "^(a|a)*$", "^(a*)*b$", "(.*)*(.*)*x$"}) {
    const JsonSchema schema = Compiled(std::string(R"x({"pattern": ")x") + pattern + "\"}");
    EXPECT_EQ(schema.Validate(Text(std::string(kMillion, 'a') + "!")).size(), 1U) << pattern;
  }
  EXPECT_TRUE(
      Compiled(R"x({"pattern": "^(a+)+$"})x").Validate(Text(std::string(100'000, 'a'))).empty());
}

TEST(HostileSchema, PatternsThatGrowAreRefused) {
  const std::string refused[] = {"((a{1000}){1000}){1000}", "(((((x{30}){30}){30}){30}){30})",
                                 std::string(100'000, '('), "(a)\\\\1", "\\\\cA"};
  for (const std::string& pattern : refused) {
    EXPECT_NE(Refusal("{\"pattern\": \"" + pattern + "\"}"), "accepted") << pattern.substr(0, 40);
  }
  EXPECT_EQ(Refusal(R"({"pattern": "^[\\u00e1\\-\\/\\d]+$"})"), "accepted");
}

TEST(HostileSchema, LongTextIsCutInSentences) {
  const auto findings = Compiled(R"({"pattern": "^b"})").Validate(Text(std::string(100'000, 'a')));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_LT(findings[0].message.size(), 200U);
}

TEST(HostileSchema, ValuesOfDepthOneMillionAreRefused) {
  const JsonSchema schema = Compiled(R"({"items": {"$ref": "#"}})");
  const Json deep = ParseJson(Repeat("[", kMillion) + Repeat("]", kMillion), "deep");
  const auto findings = schema.Validate(deep);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "nested deeper than 256 levels: expected a flatter document");
  EXPECT_TRUE(schema.Validate(ParseJson(Repeat("[", 256) + Repeat("]", 256), "ok")).empty());
}

TEST(HostileSchema, SchemasOfDepthOneMillionAreRefused) {
  const std::string deep = Repeat(R"({"not":)", kMillion) + "true" + Repeat("}", kMillion);
  EXPECT_EQ(Refusal(deep), "schema: nested deeper than 256 levels: expected a flatter schema");
}

TEST(HostileSchema, WorkThatDoublesWithEveryStepEnds) {
  std::string schema = R"({"$ref": "#/definitions/d0", "definitions": {"d60": {"type": "null"})";
  for (int i = 0; i < 60; ++i) {
    const std::string next = "{\"$ref\": \"#/definitions/d" + std::to_string(i + 1) + "\"}";
    schema += ", \"d" + std::to_string(i) + "\": {\"anyOf\": [" + next + ", " + next + "]}";
  }
  const auto findings = Compiled(schema + "}}").Validate(ParseJson("1", "v"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message.substr(0, 46), "checking this takes more than 1,000,000 steps ");
}

TEST(HostileSchema, LongChainsOfReferencesEnd) {
  std::string schema = R"({"$ref": "#/definitions/d0", "definitions": {"d5000": {"type": "null"})";
  for (int i = 0; i < 5'000; ++i) {
    schema += ", \"d" + std::to_string(i) + "\": {\"$ref\": \"#/definitions/d" +
              std::to_string(i + 1) + "\"}";
  }
  const auto findings = Compiled(schema + "}}").Validate(ParseJson("1", "v"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].message.find("2,000 schemas within each other"), std::string::npos);
}

TEST(HostileSchema, ManySchemasOfOneDeepValueEnd) {
  std::string schema = R"({"items": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}})";
  const auto findings =
      Compiled(schema).Validate(ParseJson(Repeat("[", 200) + Repeat("]", 200), "v"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].message.find("steps"), std::string::npos);
}

TEST(HostileSchema, BasesThatGrowAreRefused) {
  std::string schema = "true";
  for (int i = 0; i < 100; ++i) {
    schema = "{\"$id\": \"" + std::string(500, 'a') + "/\", \"not\": " + schema + "}";
  }
  EXPECT_EQ(Refusal(schema), "accepted");
  EXPECT_NE(Refusal("{\"$ref\": \"" + std::string(5000, 'a') + "\"}"), "accepted");
}

TEST(HostileSchema, LargeListsOfUniqueElementsAreFast) {
  std::string list = "[0";
  for (int i = 1; i < 50'000; ++i) list += "," + std::to_string(i);
  const JsonSchema schema = Compiled(R"({"uniqueItems": true})");
  EXPECT_TRUE(schema.Validate(ParseJson(list + "]", "v")).empty());
  EXPECT_EQ(schema.Validate(ParseJson(list + ",7]", "v")).size(), 1U);
}

TEST(HostileSchema, ThousandsOfFaultsBecomeOneHundredAndACount) {
  const JsonSchema schema = Compiled(R"({"items": {"type": "string"}})");
  const auto findings = schema.Validate(ParseJson("[1" + Repeat(",1", 4999) + "]", "v"));
  ASSERT_EQ(findings.size(), 101U);
  EXPECT_EQ(findings.back().message, "and 4900 more");
}

TEST(HostileSchema, KeysWithControlCharactersAreShownHarmless) {
  const JsonSchema schema = Compiled(R"({"additionalProperties": false})");
  const auto findings = schema.Validate(ParseJson(R"({"\u001b[2J\nx": 1})", "v"));
  EXPECT_EQ(FormatFindings("f", findings), "f: \\x1b[2J\\x0ax: unknown key '\\x1b[2J\\x0ax'");
}

}  // namespace
}  // namespace connhost
