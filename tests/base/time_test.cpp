#include "base/time.h"

#include <gtest/gtest.h>

namespace connhost {
namespace {

TEST(Time, WritesRfc3339) {
  EXPECT_EQ(FormatTime(1700000000000001), "2023-11-14T22:13:20.000001Z");
}

TEST(Time, RunIdsDiffer) {
  EXPECT_EQ(NewRunId().size(), 24U);
  EXPECT_NE(NewRunId(), NewRunId());
}

}  // namespace
}  // namespace connhost
