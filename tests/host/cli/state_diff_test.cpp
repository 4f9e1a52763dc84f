#include "host/cli/state_diff.h"

#include <gtest/gtest.h>

namespace connhost {
namespace {

std::string Differences(const char* before, const char* after) {
  std::string text;
  for (const JsonDifference& each :
       CompareJson(ParseJson(before, "before"), ParseJson(after, "after"))) {
    text += each.place + " " + each.before.value_or("-") + " " + each.after.value_or("-") + "\n";
  }
  return text;
}

TEST(StateDiff, NamesEachPlace) {
  EXPECT_EQ(Differences(R"({"a":1,"b":{"c":"x","d":[1,2]}})", R"({"a":1,"b":{"c":"y","d":[1,2]}})"),
            "/b/c \"x\" \"y\"\n");
  EXPECT_EQ(Differences(R"({"a":1})", R"({"b":1})"), "/a 1 -\n/b - 1\n");
  EXPECT_EQ(Differences(R"({"a":[1]})", R"({"a":[2]})"), "/a [1] [2]\n");
  EXPECT_EQ(Differences(R"({"a/b~":1})", R"({"a/b~":null})"), "/a~1b~0 1 null\n");
  EXPECT_EQ(Differences("null", R"({"a":1})"), " null {\"a\":1}\n");
}

TEST(StateDiff, FindsNothingInTheSame) {
  EXPECT_EQ(Differences(R"({"a":{"b":[]}})", R"({"a":{"b":[]}})"), "");
}

}  // namespace
}  // namespace connhost
