#include "registry/version_order.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace connhost {
namespace {

TEST(VersionOrder, FollowsSemanticVersioning) {
  const std::vector<std::string> ascending = {"",
                                              "0.0.1",
                                              "0.9.0",
                                              "0.10.0",
                                              "1.0.0-0",
                                              "1.0.0-1",
                                              "1.0.0-10",
                                              "1.0.0-alpha",
                                              "1.0.0-alpha.1",
                                              "1.0.0-alpha.beta",
                                              "1.0.0-beta",
                                              "1.0.0-beta.2",
                                              "1.0.0-beta.11",
                                              "1.0.0-rc.1",
                                              "1.0.0",
                                              "1.0.0+a-b",
                                              "1.0.0+b",
                                              "1.0.1",
                                              "2.0.0-x-y",
                                              "2.0.0",
                                              "99999999999999999999998.0.0",
                                              "99999999999999999999999.0.0"};
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      const int order = CompareVersions(ascending[i], ascending[j]);
      EXPECT_EQ(order < 0, i < j) << ascending[i] << " " << ascending[j];
      EXPECT_EQ(order > 0, i > j) << ascending[i] << " " << ascending[j];
    }
  }
}

TEST(VersionOrder, TakesAnyText) {
  EXPECT_EQ(CompareVersions("1.02", "1.2"), 0);
  EXPECT_EQ(CompareVersions("0", "000"), 0);
  for (const char* text : {"", ".", "..", "-", "+", "-+", "1.", "x", "1..2", "-.", "\xff"}) {
    EXPECT_EQ(CompareVersions(text, text), 0) << text;
    EXPECT_EQ(CompareVersions(text, "1.0.0") > 0, CompareVersions("1.0.0", text) < 0) << text;
  }
}

}  // namespace
}  // namespace connhost
