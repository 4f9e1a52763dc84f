// Documents made to exhaust the reader: none may crash it, take long or much memory.
#include <gtest/gtest.h>

#include "base/error.h"
#include "manifest_text.h"
#include "manifests/json_depth.h"
#include "manifests/manifest.h"
#include "manifests/yaml_reader.h"

namespace connhost {
namespace {

std::string Repeat(std::string_view text, size_t times) {
  std::string repeated;
  repeated.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

std::string Refusal(const std::string& text) {
  try {
    ReadYaml(text, "t");
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

constexpr size_t kMillion = 1'000'000;

TEST(HostileText, JsonOfDepthOneMillionIsRefused) {
  constexpr const char* kSentence = "t: nested deeper than 256 levels: expected a flatter document";
  EXPECT_EQ(Refusal(Repeat("[", 500'000) + Repeat("]", 500'000)), kSentence);
  EXPECT_EQ(Refusal(Repeat("{\"a\":", 150'000) + "1" + Repeat("}", 150'000)), kSentence);
  const Json deep = ParseJson(Repeat("[", kMillion) + Repeat("]", kMillion), "deep");
  EXPECT_FALSE(IsWithinDepth(deep));
}

TEST(HostileText, TheDepthLimitIsExact) {
  EXPECT_EQ(Refusal(Repeat("[", 256) + "1" + Repeat("]", 256)), "accepted");
  EXPECT_NE(Refusal(Repeat("[", 257) + "1" + Repeat("]", 257)), "accepted");
  EXPECT_EQ(Refusal(Repeat("[", 256) + "x" + Repeat("]", 256)), "accepted");
  EXPECT_NE(Refusal(Repeat("[", 257) + "x" + Repeat("]", 257)), "accepted");
}

TEST(HostileText, UnclosedOrBlockYamlOfGreatDepthIsRefused) {
  EXPECT_NE(Refusal(Repeat("[", kMillion)), "accepted");
  EXPECT_NE(Refusal("a: " + Repeat("[", kMillion)), "accepted");
  EXPECT_NE(Refusal(Repeat("{a: ", 200'000)), "accepted");
  EXPECT_NE(Refusal(Repeat("- ", 500'000)), "accepted");
  EXPECT_NE(Refusal(Repeat("? ", 500'000)), "accepted");
  std::string stairs;
  for (size_t i = 0; i < 1400; ++i) stairs += std::string(i, ' ') + "a:\n";
  EXPECT_EQ(Refusal(stairs),
            "t: line 257, column 257: nested deeper than 256 levels: expected a flatter document");
}

TEST(HostileText, AliasesThatMultiplyAreRefused) {
  std::string bomb = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + Repeat(below + ", ", 9) +
            below + "]\n";
  }
  EXPECT_EQ(Refusal(bomb),
            "t: line 5, column 25: the aliases up to here expand to more than 1 MiB: write fewer "
            "of them");
  const std::string large = "a: &a " + std::string(500'000, 'x') + "\nb: [" + Repeat("*a, ", 9000);
  EXPECT_NE(Refusal(large + "]").find("expand to more than 1 MiB"), std::string::npos);
}

TEST(HostileText, AliasesThatDeepenAreRefused) {
  std::string ladder = "a0: &a0 [x]\n";
  for (int i = 1; i < 400; ++i) {
    ladder += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" +
              std::to_string(i - 1) + "]\n";
  }
  EXPECT_NE(Refusal(ladder).find("nested deeper than 256 levels"), std::string::npos);
}

TEST(HostileText, TooLargeAndTooManyValuesAreRefused) {
  EXPECT_EQ(Refusal("a: " + std::string(2 << 20, 'x')), "t: expected at most 1 MiB, found 2.0 MiB");
  EXPECT_NE(Refusal(Repeat("- \n", 60'000)).find("expected at most 50,000 values"),
            std::string::npos);
  EXPECT_EQ(Refusal("- " + std::string(1'000'000, 'x')), "accepted");
}

TEST(HostileText, ManyKeysInOneMappingAreFast) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "key" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(Refusal(text), "accepted");
}

TEST(HostileText, AManifestOfOnlyUnknownKeysNamesTheFirstHundred) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "key" + std::to_string(i) + ": 1\n";
  try {
    ParseManifest(text, "m");
    FAIL();
  } catch (const Error& error) {
    const std::string refusal = error.what();
    EXPECT_NE(refusal.find("m: line 1, column 1: and 4914 more"), std::string::npos);
    EXPECT_LT(refusal.size(), 100'000U);
  }
}

TEST(HostileText, EveryPrefixOfAManifestIsRefusedOrRead) {
  for (size_t length = 0; length < kGoodManifest.size(); length += 3) {
    try {
      ParseManifest(kGoodManifest.substr(0, length), "m");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    }
  }
}

}  // namespace
}  // namespace connhost
