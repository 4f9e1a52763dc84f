// The index and the lock file: written, read back the same, in one form only. What they refuse is
// tested from outside, by tests/host/cli/hostile_test.py.
#include "host/catalog/index.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "host/catalog/lock_file.h"
#include "host/catalog/signed_index.h"

namespace connhost::testing {
namespace {

IndexPackage Package(const std::string& version) {
  IndexPackage package{
      "csv", version, "source", "Reads\nfiles.", "tests", "stable", "0123456789ABCDEF", 1, {}};
  for (const char* platform : {"linux-x86_64", "linux-aarch64"}) {
    package.platforms[platform] = {"csv-" + version + "-" + platform + ".connpkg", 7,
                                   std::string(64, 'a')};
  }
  return package;
}

TEST(IndexTest, IsReadBackTheSame) {
  CatalogIndex index{"acme", 7, 1800000000000000, 1900000000000000, {}};
  for (const char* version : {"1.10.0", "1.9.0", "1.9.0-rc.1", "1.9.0+b", "1.9.0+a"}) {
    index.packages.push_back(Package(version));
  }
  const std::string text = WriteIndex(index);
  const CatalogIndex read = ParseIndex(text, "index");
  EXPECT_EQ(WriteIndex(read), text);
  EXPECT_EQ(read.name, "acme");
  EXPECT_EQ(read.serial, 7U);
  EXPECT_EQ(read.created, index.created);
  EXPECT_EQ(read.expires, index.expires);
  std::vector<std::string> versions;
  for (const IndexPackage& package : read.packages) versions.push_back(package.version);
  EXPECT_EQ(versions,
            (std::vector<std::string>{"1.9.0-rc.1", "1.9.0", "1.9.0+a", "1.9.0+b", "1.10.0"}));
  EXPECT_EQ(*read.Find("csv", "1.10.0"), index.packages[0]);
  EXPECT_EQ(read.Find("csv", "2.0.0"), nullptr);
}

TEST(IndexTest, OpensOnlyForWhatIsExpected) {
  const SecretKey key = SecretKey::Generate();
  const CatalogIndex index{"acme", 7, 1800000000000000, 1900000000000000, {Package("1.0.0")}};
  const std::string text = WriteIndex(index);
  const std::string signature = SignIndex(text, index, key);
  const IndexExpectation good{key.public_key(), "acme", 7, 1850000000000000};
  EXPECT_EQ(OpenIndex(text, signature, good, "i").packages.size(), 1U);
  const auto refused = [&](auto change) {
    IndexExpectation expected = good;
    change(expected);
    try {
      OpenIndex(text, signature, expected, "i");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kPolicy);
      return true;
    }
    return false;
  };
  EXPECT_FALSE(refused([](auto& expected) { expected.serial = 6; }));
  EXPECT_TRUE(refused([](auto& expected) { expected.serial = 8; }));
  EXPECT_TRUE(refused([](auto& expected) { expected.name = "acne"; }));
  EXPECT_TRUE(refused([](auto& expected) { expected.now = 1900000000000000; }));
  EXPECT_TRUE(refused([](auto& expected) { expected.key = SecretKey::Generate().public_key(); }));
}

TEST(LockFileTest, IsReadBackTheSame) {
  const LockFile lock = {
      {"csv", {"1.0.0", "0123456789ABCDEF", {{"linux-x86_64", std::string(64, 'a')}}}},
      {"bronze", {"2.0.0-rc.1", "", {{"linux-aarch64", std::string(64, 'b')}}}}};
  const std::string text = WriteLockFile(lock);
  EXPECT_EQ(ParseLockFile(text, "lock"), lock);
  EXPECT_EQ(WriteLockFile(ParseLockFile(text, "lock")), text);
  EXPECT_EQ(ParseLockFile(WriteLockFile({}), "lock"), LockFile());
}

}  // namespace
}  // namespace connhost::testing
