#include "host/lifecycle/package_finder.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"
#include "host/lifecycle/version_choice.h"

namespace connhost {
namespace {

class ShippedPackagesTest : public ::testing::Test {
 protected:
  void Put(const std::string& folder, const std::string& name) {
    MakeDirectories(home_.path() / folder);
    WriteFileAtomic(home_.path() / folder / name, "");
  }
  std::string Find(const std::string& wanted) {
    const std::vector<std::filesystem::path> folders = {home_.path() / "none", home_.path() / "one",
                                                        home_.path() / "two"};
    try {
      const PackageFinder finder(folders, {}, "linux-x86_64");
      return finder.Find(ParseConnectorWish(wanted))
          .shipped.lexically_relative(home_.path())
          .string();
    } catch (const Error& error) {
      return std::string(ErrorKindName(error.kind())) + ": " + error.what();
    }
  }
  TemporaryDirectory home_;
};

TEST_F(ShippedPackagesTest, TheNewestReleaseForThePlatformIsChosen) {
  for (const char* name :
       {"csv-1.9.0-linux-x86_64.connpkg", "csv-1.10.0-linux-x86_64.connpkg",
        "csv-2.0.0-rc.1-linux-x86_64.connpkg", "csv-3.0.0-linux-aarch64.connpkg",
        "csv-extra-9.0.0-linux-x86_64.connpkg", "csv-99-linux-x86_64.connpkg", "README.md"}) {
    Put("one", name);
  }
  Put("two", "csv-1.10.0-linux-x86_64.connpkg");
  Put("two", "beta-1.0.0-rc.2-linux-x86_64.connpkg");
  Put("two", "beta-1.0.0-rc.10-linux-x86_64.connpkg");
  EXPECT_EQ(Find("csv"), "one/csv-1.10.0-linux-x86_64.connpkg");
  EXPECT_EQ(Find("csv@1.9.0"), "one/csv-1.9.0-linux-x86_64.connpkg");
  EXPECT_EQ(Find("csv@2.0.0-rc.1"), "one/csv-2.0.0-rc.1-linux-x86_64.connpkg");
  EXPECT_EQ(Find("beta"), "two/beta-1.0.0-rc.10-linux-x86_64.connpkg");
}

TEST_F(ShippedPackagesTest, RefusalsSayWhatIsThere) {
  EXPECT_NE(Find("csv").find("config: no package is called 'csv'; looked in "), std::string::npos);
  EXPECT_NE(Find("csv").find("found none"), std::string::npos);
  Put("one", "csv-1.0.0-linux-aarch64.connpkg");
  Put("two", "faker-1.0.0-linux-x86_64.connpkg");
  EXPECT_NE(Find("fakre").find("called 'fakre' (did you mean 'faker'?)"), std::string::npos);
  EXPECT_NE(Find("fakre").find("found csv and faker"), std::string::npos);
  EXPECT_NE(Find("csv").find("unsupported: expected a package csv for linux-x86_64, found "
                             "1.0.0 for linux-aarch64"),
            std::string::npos);
  EXPECT_NE(Find("faker@2.0.0").find("config: expected a package faker 2.0.0 for "),
            std::string::npos);
}

TEST(VersionChoiceTest, AReleaseBeatsAPrereleaseThenTheNewerWins) {
  EXPECT_TRUE(IsBetterVersion("1.10.0", "1.9.0"));
  EXPECT_FALSE(IsBetterVersion("1.9.0", "1.10.0"));
  EXPECT_FALSE(IsBetterVersion("1.0.0", "1.0.0"));
  EXPECT_FALSE(IsBetterVersion("2.0.0-rc.1", "1.0.0"));
  EXPECT_TRUE(IsBetterVersion("1.0.0", "2.0.0-rc.1"));
  EXPECT_TRUE(IsBetterVersion("2.0.0-rc.10", "2.0.0-rc.9"));
  EXPECT_TRUE(IsBetterVersion("1.0.0+a-b", "2.0.0-rc.1"));
}

}  // namespace
}  // namespace connhost
