#include "host/store/store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "base/error.h"
#include "base/hash.h"
#include "host/store/file_tree.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

class StoreTest : public ::testing::Test {
 protected:
  PackageFile Package(int seed = 0) {
    return OpenPackage(
        WriteSamplePackage(home_.path() / std::to_string(seed), kSampleName, SampleFiles(seed)));
  }
  PackagePaths Add(const PackageFile& package) {
    return store_.Add(store_.LockForAdding(), package, [](const PackagePaths&) {});
  }
  // The refusal of Open or Verify after `spoil` changed a file of the entry.
  std::string DamageOf(const std::string& digest, bool hash) {
    try {
      hash ? store_.Verify(digest) : store_.Open(digest);
      return "";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kPolicy);
      return error.what();
    }
  }
  static void Overwrite(const std::filesystem::path& path, const std::string& content) {
    std::filesystem::permissions(path.parent_path(), std::filesystem::perms::owner_all);
    std::filesystem::remove(path);
    WriteFileAtomic(path, content);
  }

  TemporaryDirectory home_;
  Store store_{home_.path() / "store"};
};

TEST_F(StoreTest, AnEntryHoldsThePackageReadOnly) {
  const PackageFile package = Package();
  const PackagePaths entry = Add(package);
  EXPECT_EQ(entry.root, store_.root() / ("sha256-" + package.digest));
  for (const auto& [path, content] : SampleFiles()) {
    EXPECT_EQ(ReadFile(entry.root / path), content) << path;
    ASSERT_NE(entry.Find(path), nullptr) << path;
    EXPECT_EQ(entry.Find(path)->sha256, Sha256Hex(content));
  }
  EXPECT_EQ(entry.Find("lib/other.so"), nullptr);
  struct stat status {};
  for (const auto& [path, mode] : std::map<std::string, mode_t>{{"manifest.yaml", 0444},
                                                                {"SUMS", 0444},
                                                                {"lib/sample.so", 0555},
                                                                {"lib", 0555},
                                                                {"data/deep/er", 0555},
                                                                {"", 0555}}) {
    ASSERT_EQ(::stat((entry.root / path).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, mode) << path;
  }
  EXPECT_EQ(ListNames(store_.root()),
            (std::vector<std::string>{".lock", "sha256-" + package.digest}));
}

TEST_F(StoreTest, AddingTwiceKeepsTheFirst) {
  const PackageFile package = Package();
  const PackagePaths first = Add(package);
  struct stat before {
  }, after{};
  ASSERT_EQ(::stat(first.manifest().c_str(), &before), 0);
  int checks = 0;
  store_.Add(store_.LockForAdding(), package, [&](const PackagePaths& content) {
    EXPECT_EQ(content.root, first.root);
    ++checks;
  });
  ASSERT_EQ(::stat(first.manifest().c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_EQ(checks, 1);
}

TEST_F(StoreTest, ARefusalOfTheCheckLeavesNothing) {
  EXPECT_THROW(store_.Add(store_.LockForAdding(), Package(),
                          [](const PackagePaths& content) {
                            EXPECT_TRUE(std::filesystem::exists(content.manifest()));
                            throw Error(ErrorKind::kPolicy, "no");
                          }),
               Error);
  EXPECT_EQ(ListNames(store_.root()), std::vector<std::string>{".lock"});
}

TEST_F(StoreTest, ManyMayAddTheSameAtOnce) {
  const PackageFile package = Package();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const Store own(store_.root());
      for (int round = 0; round < 3; ++round) {
        own.Add(own.LockForAdding(), package, [](const PackagePaths&) {});
        own.Verify(package.digest);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ListNames(store_.root()),
            (std::vector<std::string>{".lock", "sha256-" + package.digest}));
}

TEST_F(StoreTest, ManyMayRepairTheSameAtOnce) {
  const PackageFile package = Package();
  Overwrite(Add(package).root / "README.md", "# Simple\n");
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { Add(package); });
  for (std::thread& thread : threads) thread.join();
  store_.Verify(package.digest);
  EXPECT_EQ(ListNames(store_.root()),
            (std::vector<std::string>{".lock", "sha256-" + package.digest}));
}

TEST_F(StoreTest, DamageIsFoundAndRepaired) {
  const PackageFile package = Package();
  const auto root = Add(package).root;
  const auto expect = [&](const std::string& sentence, bool quick) {
    EXPECT_NE(DamageOf(package.digest, true).find(sentence), std::string::npos)
        << DamageOf(package.digest, true);
    EXPECT_EQ(DamageOf(package.digest, false).empty(), !quick);
    Add(package);
    EXPECT_EQ(DamageOf(package.digest, true), "");
  };
  Overwrite(root / "data/deep/er/table.csv", "a,b\n1,3\n");
  expect("data/deep/er/table.csv has sha256", false);
  Overwrite(root / "lib/extra.so", "not of the package");
  expect("SUMS does not name 'lib/extra.so'", false);
  Overwrite(root / "README.md", "short");
  expect("README.md has 5 bytes, SUMS says 9", true);
  Overwrite(root / "SUMS", "nonsense\n");
  expect("SUMS, line 1", true);
  Overwrite(root / "README.md", "");
  std::filesystem::remove(root / "README.md");
  std::filesystem::create_symlink("manifest.yaml", root / "README.md");
  expect("README.md is not there", true);
  RemoveTree(root);
  WriteFileAtomic(root, "a file in its place");
  expect("it is no folder", true);
}

TEST_F(StoreTest, WhatIsNotThereIsRefused) {
  try {
    store_.Open(std::string(64, 'a'));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_NE(std::string(error.what()).find("is not in the store"), std::string::npos);
  }
  EXPECT_THROW(store_.Open("../../etc"), Error);
  EXPECT_THROW(store_.Open(""), Error);
}

TEST_F(StoreTest, ListTellsTheDamagedFromTheWhole) {
  const PackageFile good = Package(1);
  const PackageFile bad = Package(2);
  Add(good);
  Overwrite(Add(bad).root / "README.md", "");
  WriteFileAtomic(store_.root() / "notes.txt", "");
  MakeDirectories(store_.root() / ("sha256-" + std::string(64, 'f')));
  std::map<std::string, std::string> problems;
  for (const StoreEntry& entry : store_.List()) {
    problems[entry.path.filename().string()] = entry.problem;
  }
  EXPECT_EQ(problems.size(), 4U);
  EXPECT_EQ(problems.at("sha256-" + good.digest), "");
  EXPECT_NE(problems.at("sha256-" + bad.digest).find("README.md has 0 bytes"), std::string::npos);
  EXPECT_NE(problems.at("notes.txt").find("is not a package of the store"), std::string::npos);
  EXPECT_NE(problems.at("sha256-" + std::string(64, 'f')).find("SUMS"), std::string::npos);
}

}  // namespace
}  // namespace connhost::testing
