#include "host/store/package_name.h"

#include <gtest/gtest.h>

namespace connhost {
namespace {

TEST(PackageNameTest, TakesNamesApart) {
  const struct {
    const char* text;
    PackageName name;
  } kCases[] = {
      {"csv-1.0.0-linux-x86_64.connpkg", {"csv", "1.0.0", "linux-x86_64"}},
      {"s3-2-1.0.0-linux-aarch64.connpkg", {"s3-2", "1.0.0", "linux-aarch64"}},
      {"local-files-2.0.0-rc.1-linux-x86_64.connpkg",
       {"local-files", "2.0.0-rc.1", "linux-x86_64"}},
      {"a-1.0.0-2.0.0-linux-x86_64.connpkg", {"a", "1.0.0-2.0.0", "linux-x86_64"}},
      {"a_b-1.0.0+build.5-darwin-arm64.connpkg", {"a_b", "1.0.0+build.5", "darwin-arm64"}},
  };
  for (const auto& c : kCases) {
    const auto name = ParsePackageName(c.text);
    ASSERT_TRUE(name) << c.text;
    EXPECT_EQ(*name, c.name) << c.text;
    EXPECT_EQ(name->FileName(), c.text);
  }
}

TEST(PackageNameTest, RefusesWhatIsNoName) {
  for (const char* text :
       {"", ".connpkg", "csv.connpkg", "csv-1.0.0.connpkg", "csv-linux-x86_64.connpkg",
        "-1.0.0-linux-x86_64.connpkg", "csv-1.0.0-linux-x86_64", "csv-1.0.0-linux-x86_64.connpkg.1",
        "csv-1.0.0-linux-x86_64 (1).connpkg", "CSV-1.0.0-linux-x86_64.connpkg",
        "csv-x1.0.0-linux-x86_64.connpkg", "csv--linux-x86_64.connpkg", "csv-1.0.0--x86_64.connpkg",
        "csv-1.0.0-linux-.connpkg", "a/csv-1.0.0-linux-x86_64.connpkg",
        "csv-1.0/0-linux-x86_64.connpkg", "1.0.0-linux-x86_64.connpkg"}) {
    EXPECT_FALSE(ParsePackageName(text)) << text;
  }
}

}  // namespace
}  // namespace connhost
