#include "host/cli/terminal.h"

#include <gtest/gtest.h>

namespace connhost {
namespace {

TEST(Terminal, MeasuresWhatIsSeen) {
  EXPECT_EQ(DisplayWidth("abc"), 3U);
  EXPECT_EQ(DisplayWidth("Zoë"), 3U);
  EXPECT_EQ(DisplayWidth("李雷"), 4U);
  EXPECT_EQ(DisplayWidth("🚀"), 2U);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1U);
  EXPECT_EQ(DisplayWidth("\xF0\x9F"), DisplayWidth("\xF0\x9F"));  // a cut sequence ends
}

TEST(Terminal, CutsAtCharacters) {
  EXPECT_EQ(Fit("abcdef", 4), "abc…");
  EXPECT_EQ(Fit("李雷李雷", 4), "李…");
  EXPECT_EQ(Fit("abc", 3), "abc");
}

TEST(Terminal, AlignsColumns) {
  TextTable table({"NAME", ">N"});
  table.Add({"Zoë", "1"});
  table.Add({"李雷", "1,000"}, Colour::kRed);
  EXPECT_EQ(table.Render(false, 0),
            "NAME      N\n"
            "Zoë       1\n"
            "李雷  1,000\n");
  EXPECT_NE(table.Render(true, 0).find("\033[31m"), std::string::npos);
}

}  // namespace
}  // namespace connhost
