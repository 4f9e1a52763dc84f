#include "host/lifecycle/pack.h"

#include <gtest/gtest.h>

#include "host_fixture.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

std::string RefusalOf(const Files& files, ErrorKind kind, const std::string& platform) {
  const TemporaryDirectory folder;
  const TemporaryDirectory output;
  WriteFolder(folder.path(), files);
  try {
    PackConnector(folder.path(), output.path(), platform);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    EXPECT_TRUE(std::filesystem::is_empty(output.path()));
    return error.what();
  }
  return "accepted";
}

TEST(PackTest, TheManifestGivesTheName) {
  const TemporaryDirectory folder;
  const TemporaryDirectory output;
  WriteFolder(folder.path(),
              {{"manifest.yaml", ManifestText("csv", "1.2.0-rc.1")}, {"lib/csv.so", "library"}});
  const WrittenPackage package = PackConnector(folder.path(), output.path() / "new");
  EXPECT_EQ(package.path,
            output.path() / "new" / ("csv-1.2.0-rc.1-" + CurrentPlatform() + ".connpkg"));
}

TEST(PackTest, WhatCouldNotBeInstalledIsRefused) {
  const std::string good = ManifestText("csv", "1.0.0");
  const Files whole = {{"manifest.yaml", good}, {"lib/csv.so", "library"}};
  EXPECT_NE(RefusalOf({{"manifest.yaml", good}}, ErrorKind::kConfig, CurrentPlatform())
                .find("names the library 'lib/csv.so'"),
            std::string::npos);
  EXPECT_NE(RefusalOf(whole, ErrorKind::kUnsupported, "plan9-mips")
                .find("expected a library for plan9-mips under 'platforms'"),
            std::string::npos);
  EXPECT_NE(RefusalOf({{"manifest.yaml", "id: 5\n"}}, ErrorKind::kConfig, CurrentPlatform())
                .find("manifest.yaml: line 1"),
            std::string::npos);
  EXPECT_NE(RefusalOf({{"lib/csv.so", "library"}}, ErrorKind::kConfig, CurrentPlatform())
                .find("manifest.yaml: No such file"),
            std::string::npos);
}

}  // namespace
}  // namespace connhost::testing
