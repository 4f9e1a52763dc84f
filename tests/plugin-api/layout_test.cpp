// Inside a major nothing in the contract moves: today's header against every released one.
#include <gtest/gtest.h>

#include <cstddef>

extern "C" const long layout_now[];
extern "C" const long layout_frozen_1_0[];

namespace {

TEST(Layout, IsThatOfEveryRelease) {
  size_t entry = 0;
  for (; layout_now[entry] != -1 && layout_frozen_1_0[entry] != -1; ++entry) {
    ASSERT_EQ(layout_now[entry], layout_frozen_1_0[entry]) << "entry " << entry;
  }
  EXPECT_EQ(layout_now[entry], layout_frozen_1_0[entry]);
  EXPECT_GT(entry, 150U);
}

}  // namespace
