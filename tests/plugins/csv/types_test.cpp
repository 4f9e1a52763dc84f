// Values of declared types: exact or rejected.
#include <gtest/gtest.h>

#include <random>

#include "plugins/csv/decimal_order.h"
#include "plugins/csv/values.h"
#include "tests/plugins/csv/csv_folder.h"

namespace connhost::csv {
namespace {

std::string Value(const std::string& type, const std::string& text) {
  const sdk::ReadResult result =
      ReadText("v,w\n" + text + ",\n", ",\"types\":{\"v\":\"" + type + "\"}");
  if (!result.rejected.empty()) return result.rejected[0].code;
  const std::string& row = result.rows.at(0);
  return row.substr(5, row.size() - 15);
}

TEST(TypesTest, TakeWhatTheyShouldAndNothingElse) {
  const struct {
    const char *type, *text, *value;
  } cases[] = {
      {"int64", "0", "0"},
      {"int64", "-42", "-42"},
      {"int64", "\"7\"", "7"},
      {"int64", "9223372036854775807", "9223372036854775807"},
      {"int64", "-9223372036854775808", "-9223372036854775808"},
      {"int64", "9223372036854775808", "bad_value"},
      {"int64", "0000000000000000000000012", "12"},
      {"int64", "+1", "bad_value"},
      {"int64", "1.0", "bad_value"},
      {"int64", " 1", "bad_value"},
      {"int64", "-", "bad_value"},
      {"int64", "--11111111111111111111", "bad_value"},
      {"int64", "", "null"},
      {"int64", "\"\"", "bad_value"},
      {"float64", "0.1", "0.10000000000000001"},
      {"float64", "-1e-7", "-9.9999999999999995e-08"},
      {"float64", "1e400", "bad_value"},
      {"float64", "inf", "bad_value"},
      {"float64", "nan", "bad_value"},
      {"float64", "0x10", "bad_value"},
      {"float64", "1.5x", "bad_value"},
      {"number", "123456789012345678901234567890.10", "123456789012345678901234567890.10"},
      {"number", "-1E+400", "-1E+400"},
      {"number", "01", "bad_value"},
      {"number", "1.", "bad_value"},
      {"number", ".5", "bad_value"},
      {"number", "\"1.50\"", "1.50"},
      {"bool", "true", "true"},
      {"bool", "FALSE", "false"},
      {"bool", "1", "true"},
      {"bool", "yes", "bad_value"},
      {"date", "1970-01-02", "1"},
      {"date", "2024-02-29", "19782"},
      {"date", "2023-02-29", "bad_value"},
      {"date", "0001-01-01", "-719162"},
      {"date", "2024-1-1", "bad_value"},
      {"date", "2024-13-01", "bad_value"},
      {"timestamp", "1970-01-01T00:00:01.5", "1500000"},
      {"timestamp", "1970-01-01 00:01", "60000000"},
      {"timestamp", "1969-12-31T23:59:59.999999", "-1"},
      {"timestamp", "1970-01-01T00:00:00.123456000", "123456"},
      {"timestamp", "1970-01-01T00:00:00.1234567", "bad_value"},
      {"timestamp", "1970-01-01T00:00:00Z", "bad_value"},
      {"timestamp", "1970-01-01", "bad_value"},
      {"timestamp", "1970-01-01T24:00", "bad_value"},
      {"timestamp", "1970-01-01T00:00:60", "bad_value"},
      {"timestamptz", "1970-01-01T01:00:00+01:00", "0"},
      {"timestamptz", "1970-01-01T00:00:00-0130", "5400000000"},
      {"timestamptz", "1970-01-01T00:00:00.000001Z", "1"},
      {"timestamptz", "1970-01-01T00:00:00+01", "-3600000000"},
      {"timestamptz", "1970-01-01T00:00:00", "bad_value"},
      {"timestamptz", "1970-01-01T00:00:00+24:00", "bad_value"},
      {"json", "\"{\"\"a\"\":[1,2]}\"", "{\"a\":[1,2]}"},
      {"json", "nul", "bad_value"},
      {"json", "\"{\"\"a\"\"\"", "bad_value"},
  };
  for (const auto& c : cases) EXPECT_EQ(Value(c.type, c.text), c.value) << c.type << " " << c.text;
}

TEST(TypesTest, ColumnsAreDeclared) {
  const sdk::ReadResult result =
      ReadText("a,b,c\n1,2,3\n", R"(,"types":{"c":"timestamptz","a":"number"})");
  ASSERT_EQ(result.columns.size(), 3U);
  EXPECT_EQ(sdk::TypeName(result.columns[0]), "number");
  EXPECT_EQ(sdk::TypeName(result.columns[1]), "utf8");
  EXPECT_EQ(sdk::TypeName(result.columns[2]), "timestamptz");
}

TEST(DecimalOrderTest, IsThatOfTheNumbers) {
  const std::vector<std::string> ordered = {"-1e999999999999999999999",
                                            "-1e20",
                                            "-100000000000000000000.5e-1",
                                            "-2.50",
                                            "-2",
                                            "-0.1",
                                            "0",
                                            "1e-999999999999999999999",
                                            "1e-3",
                                            "0.0011",
                                            "2",
                                            "2.0000000000000000000001",
                                            "19.9e1",
                                            "2e2",
                                            "201",
                                            "123456789012345678901234567890",
                                            "1e999999999999999999999"};
  for (size_t a = 0; a < ordered.size(); ++a) {
    for (size_t b = 0; b < ordered.size(); ++b) {
      const int order = CompareNumbers(ordered[a], ordered[b]);
      EXPECT_EQ(order < 0, a < b) << ordered[a] << " " << ordered[b];
      EXPECT_EQ(order > 0, a > b) << ordered[a] << " " << ordered[b];
    }
  }
  EXPECT_EQ(CompareNumbers("-0", "0.00e5"), 0);
  EXPECT_EQ(CompareNumbers("1200", "1.2e3"), 0);
}

TEST(DecimalOrderTest, AgreesWithWholeNumbers) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    const auto a = static_cast<int64_t>(random() >> random() % 64) * (random() % 2 == 0 ? 1 : -1);
    const auto b = static_cast<int64_t>(random() >> random() % 64) * (random() % 2 == 0 ? 1 : -1);
    const int order = CompareNumbers(std::to_string(a), std::to_string(b));
    ASSERT_EQ(order < 0, a < b) << a << " " << b;
    ASSERT_EQ(order > 0, a > b) << a << " " << b;
  }
}

}  // namespace
}  // namespace connhost::csv
