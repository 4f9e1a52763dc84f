#include "plugins/ndjson/number_order.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace connhost::ndjson {
namespace {

TEST(NumberOrder, IsTheOrderOfTheExactValues) {
  const std::vector<std::string> ascending = {
      "-1e400",
      "-123456789012345678901234567890.2",
      "-123456789012345678901234567890.1",
      "-9223372036854775809",
      "-9223372036854775808",
      "-1.5",
      "-1",
      "-1e-400",
      "0",
      "1e-400",
      "0.1",
      "0.10000000000000000000001",
      "1",
      "9007199254740992",
      "9007199254740993",
      "9223372036854775807",
      "9223372036854775808",
      "1e19",
      "123456789012345678901234567890",
      "123456789012345678901234567891",
      "1e400",
      "1e99999999999999999999",
  };
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      const int order = CompareNumbers(ascending[i], ascending[j]);
      EXPECT_EQ(order < 0, i < j) << ascending[i] << " and " << ascending[j];
      EXPECT_EQ(order > 0, i > j) << ascending[i] << " and " << ascending[j];
    }
  }
}

TEST(NumberOrder, ManySpellingsOfOneValueAreEqual) {
  for (const std::vector<std::string>& same : std::vector<std::vector<std::string>>{
           {"10", "1e1", "10.0", "1.0E+1", "100e-1", "0.1e2", "1000e-2"},
           {"0", "-0", "0.000", "0e5", "-0.0e-99999999999999999999"},
           {"-12.50", "-125e-1", "-0.125e2"}}) {
    for (const std::string& a : same) {
      for (const std::string& b : same) EXPECT_EQ(CompareNumbers(a, b), 0) << a << " and " << b;
    }
  }
}

}  // namespace
}  // namespace connhost::ndjson
