#include "base/text.h"

#include <gtest/gtest.h>

namespace connhost {
namespace {

TEST(Text, FindsTheNearestWord) {
  const std::vector<std::string> keys = {"delimiter", "path", "quote"};
  EXPECT_EQ(DidYouMean("delimeter", keys), " (did you mean 'delimiter'?)");
  EXPECT_EQ(DidYouMean("paht", keys), " (did you mean 'path'?)");
  EXPECT_EQ(DidYouMean("nonsense_key", keys), "");
  EXPECT_EQ(DidYouMean("", keys), "");
}

TEST(Text, CountsLinesAndColumns) {
  EXPECT_EQ(PositionOf("ab\ncd", 4).line, 2U);
  EXPECT_EQ(PositionOf("ab\ncd", 4).column, 2U);
  EXPECT_EQ(PositionOf("ab", 99).column, 3U);
}

TEST(Text, KnowsValidUtf8) {
  EXPECT_TRUE(IsValidUtf8("Zoë 李雷 🚀"));
  for (const char* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"}) {
    EXPECT_FALSE(IsValidUtf8(bad));
  }
  EXPECT_EQ(ReplaceInvalidUtf8("a\xE2\x82"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Text, WritesNumbersForPeople) {
  EXPECT_EQ(WithThousands(1234567), "1,234,567");
  EXPECT_EQ(WithThousands(12), "12");
  EXPECT_EQ(Counted(0, "version"), "no versions");
  EXPECT_EQ(Counted(1, "version"), "1 version");
  EXPECT_EQ(Counted(1200, "version"), "1,200 versions");
  EXPECT_EQ(HumanBytes(512), "512 B");
  EXPECT_EQ(HumanBytes(1536), "1.5 KiB");
}

TEST(Text, PlainNamesAreSafeAsFolders) {
  EXPECT_TRUE(IsPlainName("acme-1_x"));
  for (const char* bad : {"", ".", "..", "a/b", "A", "-a", "a b", "a.b"}) {
    EXPECT_FALSE(IsPlainName(bad)) << bad;
  }
}

TEST(Text, JoinsAndSplits) {
  EXPECT_EQ(JoinWords({"a", "b", "c"}, "or"), "a, b or c");
  EXPECT_EQ(Split("a//b", '/'), (std::vector<std::string>{"a", "", "b"}));
}

}  // namespace
}  // namespace connhost
