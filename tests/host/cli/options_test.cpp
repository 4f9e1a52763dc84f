#include "host/cli/options.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace connhost {
namespace {

const std::vector<OptionSpec> kOptions = {{"stream", 's', "NAME", ""}, {"full", 0, "", ""}};

Arguments Parse(const std::vector<std::string>& words) {
  return ParseArguments("run", {"TENANT/CONNECTION", "[RUN]"}, kOptions, words);
}

std::string Refusal(const std::vector<std::string>& words) {
  try {
    Parse(words);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "accepted";
}

TEST(Options, AreReadInAnyOrder) {
  const Arguments arguments = Parse({"--full", "acme/orders", "-s", "items"});
  EXPECT_EQ(arguments.Positional(0), "acme/orders");
  EXPECT_EQ(arguments.Positional(1), "");
  EXPECT_EQ(arguments.Get("stream"), "items");
  EXPECT_TRUE(arguments.Has("full"));
  EXPECT_EQ(Parse({"a", "--stream=x"}).Get("stream"), "x");
}

TEST(Options, RefusalsNameTheNearest) {
  EXPECT_NE(Refusal({"a", "--straem", "x"}).find("did you mean '--stream'?"), std::string::npos)
      << Refusal({"a", "--straem", "x"});
  EXPECT_NE(Refusal({"a", "--ful"}).find("did you mean '--full'?"), std::string::npos);
}

TEST(Options, RefusesTooFewTooManyAndTwice) {
  EXPECT_NE(Refusal({}).find("expected TENANT/CONNECTION"), std::string::npos);
  EXPECT_NE(Refusal({"a", "b", "c"}).find("unexpected argument 'c'"), std::string::npos);
  EXPECT_NE(Refusal({"a", "--full", "--full"}).find("twice"), std::string::npos);
  EXPECT_NE(Refusal({"a", "--stream"}), "accepted");
  EXPECT_NE(Refusal({"a", "--full=x"}), "accepted");
}

TEST(Options, RepeatWhereTheySayThatTheyMay) {
  const auto parse = [](const std::vector<std::string>& words) {
    return ParseArguments("x", {}, {{"only", 'o', "CHECK", "", true}, {"seed", 0, "N", ""}}, words);
  };
  EXPECT_EQ(parse({"--only", "a", "--seed", "1", "-o", "b"}).GetAll("only"),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(parse({"--only", "a", "--only", "b"}).Get("only"), "a");
  EXPECT_TRUE(parse({}).GetAll("only").empty());
  EXPECT_THROW(parse({"--seed", "1", "--seed", "2"}), Error);
}

TEST(Options, NumbersAreWholeAndLargeEnough) {
  const auto number = [](const std::string& text) {
    return ParseArguments("x", {}, {{"limit", 0, "N", ""}}, {"--limit", text})
        .GetInt("limit", 0, 1);
  };
  EXPECT_EQ(number("12"), 12);
  for (const char* bad : {"0", "1.5", "many", "", "99999999999999999999"}) {
    EXPECT_THROW(number(bad), Error) << bad;
  }
}

}  // namespace
}  // namespace connhost
