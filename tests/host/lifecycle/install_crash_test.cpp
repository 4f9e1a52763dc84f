// SIGKILL at random instants of a whole install and of gc, registry and all.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <random>
#include <thread>

#include "base/time.h"
#include "crash.h"
#include "host/store/file_tree.h"
#include "host_fixture.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

class InstallCrashTest : public HostFixture {
 protected:
  // In a process of its own, with its own registry.
  void Install() {
    const auto registry = OpenSqliteRegistry(RegistryPath().string());
    NewInstaller(*registry).Install("csv");
  }
  void Gc() {
    const auto registry = OpenSqliteRegistry(RegistryPath().string());
    NewInstaller(*registry).Gc();
  }
  // No row without its package, and no package that `list` cannot show.
  void ExpectConsistent() {
    for (const InstalledConnector& connector : installer_.List()) {
      EXPECT_EQ(connector.problem, "");
      EXPECT_NO_THROW(store_.Verify(connector.definition.digest));
    }
  }
  void ExpectStoreHolds(const std::vector<std::string>& digests) {
    std::vector<std::string> names = {".lock"};
    for (const std::string& digest : digests) names.push_back("sha256-" + digest);
    EXPECT_EQ(ListNames(store_.root()), names);
  }
};

TEST_F(InstallCrashTest, KilledInstallsAndGcsLeaveAWorkingHost) {
  Ship("csv", "1.0.0", Noise(1'000'000, 1));
  const int64_t start = NowMicros();
  ASSERT_EQ(RunInChild([&] { Install(); }), 0);
  const auto longest = static_cast<unsigned>(std::min<int64_t>(NowMicros() - start, 900'000));
  const auto digest = installer_.List().at(0).definition.digest;
  std::mt19937 random(20261121);
  std::uniform_int_distribution<unsigned> instant(0, longest);
  int killed = 0;
  for (int i = 0; i < 30; ++i) {
    installer_.Uninstall("csv");
    killed += RunAndKill([&] { Gc(); }, instant(random) / 4) ? 1 : 0;
    installer_.Gc();
    ExpectStoreHolds({});

    killed += RunAndKill([&] { Install(); }, instant(random)) ? 1 : 0;
    ExpectConsistent();
    installer_.Gc();
    const bool has_row = !installer_.List().empty();
    ExpectStoreHolds(has_row ? std::vector{digest} : std::vector<std::string>{});
    installer_.Install("csv");
    ExpectConsistent();
    ExpectStoreHolds({digest});
  }
  EXPECT_GT(killed, 0);
}

TEST_F(InstallCrashTest, DeathBetweenEntryAndRowIsGarbageOrReused) {
  const auto path = Ship("csv", "1.0.0");
  const PackageFile package = OpenPackage(path);
  store_.Add(store_.LockForAdding(), package, [](const PackagePaths&) {});
  EXPECT_TRUE(installer_.List().empty());
  EXPECT_EQ(installer_.Gc().removed, std::vector<std::string>{package.digest});
  store_.Add(store_.LockForAdding(), package, [](const PackagePaths&) {});
  EXPECT_FALSE(installer_.Install("csv").was_installed);
  EXPECT_TRUE(installer_.Gc().removed.empty());
}

TEST_F(InstallCrashTest, InstallsAndGcsAtOnceLoseNothing) {
  for (int i = 0; i < 4; ++i) Ship("c" + std::to_string(i), "1.0.0", Noise(50'000, 1));
  const auto work = [&] {
    const auto registry = OpenSqliteRegistry(RegistryPath().string());
    Installer installer = NewInstaller(*registry);
    for (int i = 0; i < 4; ++i) {
      const std::string id = "c" + std::to_string(i);
      installer.Gc();
      installer.Install(id);
      if (installer.Info(id).connector.state != "installed") {
        throw Error(ErrorKind::kInternal, installer.Info(id).connector.problem);
      }
    }
  };
  EXPECT_EQ(RunInChild([&] {
              std::atomic<int> failed = 0;
              std::vector<std::thread> threads;
              for (int i = 0; i < 4; ++i) {
                threads.emplace_back([&] {
                  try {
                    work();
                  } catch (const Error& error) {
                    std::fprintf(stderr, "%s\n", error.what());
                    ++failed;
                  }
                });
              }
              for (std::thread& thread : threads) thread.join();
              if (failed > 0) throw Error(ErrorKind::kInternal, "a thread failed");
            }),
            0);
  EXPECT_EQ(installer_.List().size(), 4U);
  ExpectConsistent();
}

}  // namespace
}  // namespace connhost::testing
