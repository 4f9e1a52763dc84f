#include <gtest/gtest.h>

#include <connhost/json_scanner.hpp>
#include <random>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace connhost::sdk {
namespace {

TEST(JsonScanner, AcceptsEveryForm) {
  for (const char* text :
       {"null", "true", "false", "0", "-0", "10.50", "1e5", "1E-7",
        "123456789012345678901234567890", "\"\"", R"("a\"\\\/\b\f\n\r\té")", "[]", "[ ]", "{}",
        "{ }", " [1 , 2] ", R"({"a":{"b":[{"c":[]}]},"d":""})", "\t\n\r 1"}) {
    EXPECT_TRUE(IsJson(text)) << text;
  }
}

TEST(JsonScanner, RefusesEveryBreach) {
  for (const char* text : {"",
                           " ",
                           "nul",
                           "TRUE",
                           "01",
                           "-",
                           "1.",
                           ".5",
                           "1e",
                           "1e+",
                           "+1",
                           "0x1",
                           "NaN",
                           "\"",
                           "\"a",
                           R"("\x")",
                           R"("\u12g4")",
                           R"("\u123)",
                           "\"\x01\"",
                           "\"\n\"",
                           "[",
                           "]",
                           "[1,]",
                           "[,1]",
                           "[1 2]",
                           "{",
                           "{}}",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{a:1}",
                           "{\"a\":1 \"b\":2}",
                           "[1]]",
                           "1 1",
                           "{\"a\":1},",
                           "[}",
                           "{]",
                           "'a'",
                           "[1,\"a\":2]",
                           "{\"a\",1}"}) {
    EXPECT_FALSE(IsJson(text)) << text;
  }
}

TEST(JsonScanner, SeesSpecialBytesAtEveryPlaceInABlock) {
  for (size_t length = 0; length < 40; ++length) {
    const std::string body(length, 'x');
    EXPECT_TRUE(IsJson("\"" + body + "\""));
    EXPECT_TRUE(IsJson("\"" + body + "\\n" + body + "\""));
    EXPECT_FALSE(IsJson("\"" + body + "\x1F" + body + "\""));
    EXPECT_FALSE(IsJson("\"" + body + "\\q" + body + "\""));
    EXPECT_TRUE(IsJson("\"" + body + "\x7F\xFF\""));  // UTF-8 is checked elsewhere
  }
}

TEST(JsonScanner, BoundsTheDepth) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '[') + "1" + std::string(depth, ']');
  };
  EXPECT_TRUE(IsJson(nested(kMaxJsonDepth)));
  EXPECT_FALSE(IsJson(nested(kMaxJsonDepth + 1)));
  EXPECT_FALSE(IsJson(nested(1000000)));
}

TEST(JsonScanner, KnowsANumber) {
  for (const char* text : {"0", "-1", "12.50", "1e400", "-0.0E+3"}) EXPECT_TRUE(IsJsonNumber(text));
  for (const char* text : {"", "-", "01", " 1", "1 ", "1,2", "1.e3", "NaN"}) {
    EXPECT_FALSE(IsJsonNumber(text)) << text;
  }
}

TEST(JsonScanner, WalksTheMembersOfAnObject) {
  std::vector<std::string> seen;
  EXPECT_TRUE(ForEachMember(R"( {"a" : 1 , "b\"c":{"a":2},"d":[]} )",
                            [&](std::string_view key, std::string_view value) {
                              seen.push_back(std::string(key) + "=" + std::string(value));
                            }));
  EXPECT_EQ(seen, (std::vector<std::string>{"a=1", R"(b\"c={"a":2})", "d=[]"}));
  EXPECT_FALSE(ForEachMember("[1]", [](std::string_view, std::string_view) {}));
  EXPECT_TRUE(ForEachMember("{}", [](std::string_view, std::string_view) {}));
}

// What a full parser accepts, the scanner accepts, and nothing else: documents mutated at random.
TEST(JsonScanner, AgreesWithAFullParserOnMutatedDocuments) {
  const std::string seed = R"({"a":[1,-2.5e3,"x\u00e9\\",true,null],"b":{"c":{},"d":[[],[0]]}})";
  const std::string alphabet = "{}[]\",:\\ 0123e.-+tfnu\x01x";
  std::mt19937 random(7);
  size_t accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = seed;
    for (auto changes = random() % 3; changes > 0; --changes) {
      text[random() % text.size()] = alphabet[random() % alphabet.size()];
    }
    bool parses = true;
    try {
      ParseJson(text, "document");
    } catch (const Error& error) {
      // A lone surrogate and a number beyond a double are the parser's limits, not JSON's.
      const std::string why = error.what();
      if (why.find("surrogate") != std::string::npos || why.find("too big") != std::string::npos) {
        continue;
      }
      parses = false;
    }
    ASSERT_EQ(IsJson(text), parses) << text;
    accepted += parses ? 1 : 0;
  }
  EXPECT_GT(accepted, 1000U);
}

}  // namespace
}  // namespace connhost::sdk
