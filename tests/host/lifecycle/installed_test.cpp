// What is installed: list, info, uninstall, gc.
#include <gtest/gtest.h>

#include "host/store/file_tree.h"
#include "host_fixture.h"

namespace connhost::testing {
namespace {

class InstalledTest : public HostFixture {
 protected:
  void Spoil(const std::string& digest, const std::string& file, const std::string& content) {
    std::filesystem::permissions((EntryOf(digest) / file).parent_path(),
                                 std::filesystem::perms::owner_all);
    std::filesystem::remove(EntryOf(digest) / file);
    WriteFileAtomic(EntryOf(digest) / file, content);
  }
  std::string InstallNew(const std::string& id, const std::string& version) {
    return installer_.Install(Ship(id, version).string()).definition.digest;
  }
  void Connect(const std::string& name, const std::string& source, const std::string& version) {
    TenantConnection connection;
    connection.tenant = "acme";
    connection.name = name;
    connection.source = source;
    connection.destination = "bronze";
    connection.document = R"({"source": {"connector": ")" + source + R"(", "version": ")" +
                          version + R"("}, "destination": {"connector": "bronze"}})";
    registry_->PutConnection(connection);
  }
  Fence StartRun(const std::string& digest, const LeaseHolder& holder = LeaseHolder::Current()) {
    ConnectorRun run;
    run.id = "20261121T140312-k3f9x2ab";
    run.tenant = "acme";
    run.connection = "orders";
    run.source_digest = digest;
    run.started_at = 1;
    return registry_->BeginRun(run, holder, int64_t{3'600'000'000}).fence.value();
  }
};

TEST_F(InstalledTest, ListShowsTheBrokenAmongTheWhole) {
  const auto gone = InstallNew("a", "1.0.0");
  const auto short_file = InstallNew("b", "1.0.0");
  InstallNew("c", "1.0.0");
  RemoveTree(EntryOf(gone));
  Spoil(short_file, "lib/b.so", "");
  const auto list = installer_.List();
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0].state, "broken");
  EXPECT_NE(list[0].problem.find("is not in the store; install it again"), std::string::npos);
  EXPECT_EQ(list[1].state, "broken");
  EXPECT_NE(list[1].problem.find("lib/b.so has 0 bytes, SUMS says"), std::string::npos);
  EXPECT_EQ(list[2].state, "installed");
  EXPECT_EQ(list[2].problem, "");
}

TEST_F(InstalledTest, InfoHashesAndStillKnowsTheManifestOfTheBroken) {
  const auto digest = InstallNew("csv", "1.0.0");
  EXPECT_EQ(installer_.Info("csv").connector.state, "installed");
  ASSERT_TRUE(installer_.Info("csv@1.0.0").package);
  Spoil(digest, "lib/csv.so", "LIBRARYcsv1.0.0");
  EXPECT_EQ(installer_.List().at(0).state, "installed");
  const ConnectorInfo info = installer_.Info("csv");
  EXPECT_EQ(info.connector.state, "broken");
  EXPECT_NE(info.connector.problem.find("lib/csv.so has sha256"), std::string::npos);
  EXPECT_EQ(info.manifest.id, "csv");
  EXPECT_FALSE(info.package);
}

TEST_F(InstalledTest, UnknownNamesAreRefusedWithANearMiss) {
  InstallNew("csv", "1.0.0");
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Info("cvs"); })
                .find("no connector 'cvs' is installed (did you mean 'csv'?)"),
            std::string::npos);
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Uninstall("csv@3.0.0"); })
                .find("csv 3.0.0 is not installed, found 1.0.0"),
            std::string::npos);
  for (const char* name : {"", "@1.0.0", "csv@", "CSV", "a b"}) {
    EXPECT_NE(Refusal(ErrorKind::kUsage, [&] { installer_.Info(name); })
                  .find("expected a connector as NAME or NAME@VERSION"),
              std::string::npos);
  }
}

TEST_F(InstalledTest, UninstallAsksWhichAndGcFrees) {
  const auto old = InstallNew("csv", "1.0.0");
  const auto current = InstallNew("csv", "1.1.0");
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Uninstall("csv"); })
                .find("installed in the versions 1.0.0 and 1.1.0; name one"),
            std::string::npos);
  EXPECT_TRUE(installer_.Gc().removed.empty());
  EXPECT_EQ(installer_.Uninstall("csv@1.1.0").digest, current);
  EXPECT_EQ(installer_.Info("csv").connector.definition.version, "1.0.0");
  EXPECT_EQ(installer_.Gc().removed, std::vector<std::string>{current});
  store_.Verify(old);
  EXPECT_FALSE(std::filesystem::exists(EntryOf(current)));
}

TEST_F(InstalledTest, WhatConnectionsNeedStays) {
  InstallNew("csv", "1.0.0");
  InstallNew("csv", "2.0.0");
  Connect("orders", "csv", "^1.0");
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Uninstall("csv@1.0.0"); })
                .find("csv 1.0.0 is the only installed version that serves acme/orders (^1.0)"),
            std::string::npos);
  installer_.Uninstall("csv@2.0.0");
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Uninstall("csv"); }).find("acme/orders"),
            std::string::npos);
  InstallNew("csv", "1.4.0");
  installer_.Uninstall("csv@1.4.0");
}

TEST_F(InstalledTest, WhatARunningRunUsesStays) {
  const auto digest = InstallNew("csv", "1.0.0");
  const Fence fence = StartRun(digest);
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Uninstall("csv"); })
                .find("is in use by run 20261121T140312-k3f9x2ab of acme/orders"),
            std::string::npos);
  registry_->RemoveDefinition("csv", "1.0.0", {"tester", "uninstall", "csv@1.0.0", "", "{}"});
  EXPECT_TRUE(installer_.Gc().removed.empty());
  ConnectorRun done = *registry_->FindRun(fence.run_id);
  done.status = RunStatus::kSucceeded;
  registry_->FinishRun(fence, done);
  EXPECT_EQ(installer_.Gc().removed, std::vector<std::string>{digest});
}

TEST_F(InstalledTest, ADeadRunHoldsNothing) {
  const auto digest = InstallNew("csv", "1.0.0");
  LeaseHolder dead = LeaseHolder::Current();
  dead.pid_start += 1;  // the process that has this id now is another one
  StartRun(digest, dead);
  installer_.Uninstall("csv");
  EXPECT_EQ(installer_.Gc().removed, std::vector<std::string>{digest});
}

}  // namespace
}  // namespace connhost::testing
