// Installing: what becomes a row, and what is refused.
#include <gtest/gtest.h>

#include "host/store/file_tree.h"
#include "host_fixture.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

class InstallTest : public HostFixture {
 protected:
  // A package made without PackConnector's checks.
  std::filesystem::path PackAs(const PackageName& name, const Files& files) {
    return WriteSamplePackage(home_.path() / "odd", name, files);
  }
  std::string Active(const std::string& id) {
    const auto active = registry_->ActiveDefinition(id);
    return active ? active->version : "none";
  }
};

TEST_F(InstallTest, AFileBecomesAnActiveDefinition) {
  const auto path = Ship("csv", "1.0.0");
  const InstallResult result = installer_.Install(path.string());
  EXPECT_FALSE(result.was_installed);
  const auto row = registry_->FindDefinition("csv", "1.0.0");
  ASSERT_TRUE(row);
  EXPECT_TRUE(row->active);
  EXPECT_EQ(row->digest, OpenPackage(path).digest);
  EXPECT_EQ(row->kind, "source");
  EXPECT_EQ(row->signer, "");
  EXPECT_EQ(row->publisher, "connhost");
  EXPECT_EQ(row->digest, result.definition.digest);
  EXPECT_EQ(ParseManifest(row->manifest, "row").id, "csv");
  store_.Verify(row->digest);
  EXPECT_EQ(described_, 1);
}

TEST_F(InstallTest, TwiceIsFineAndRepairs) {
  Ship("csv", "1.0.0");
  const auto digest = installer_.Install("csv").definition.digest;
  std::filesystem::permissions(EntryOf(digest) / "lib", std::filesystem::perms::owner_all);
  std::filesystem::remove(EntryOf(digest) / "lib/csv.so");
  EXPECT_EQ(installer_.List().at(0).state, "broken");
  EXPECT_TRUE(installer_.Install("csv").was_installed);
  EXPECT_EQ(installer_.List().at(0).state, "installed");
  EXPECT_EQ(registry_->ListDefinitions().size(), 1U);
}

TEST_F(InstallTest, TheFirstVersionIsActiveAndABetterOneWaits) {
  installer_.Install(Ship("csv", "1.9.0").string());
  EXPECT_EQ(Active("csv"), "1.9.0");
  EXPECT_FALSE(installer_.Install(Ship("csv", "1.10.0").string()).definition.active);
  EXPECT_EQ(Active("csv"), "1.9.0");
  const AuditEntry entry = registry_->ListAudit(1).at(0).entry;
  EXPECT_EQ(entry.actor, "tester");
  EXPECT_EQ(entry.action, "install");
  EXPECT_EQ(entry.subject, "csv@1.10.0");
}

TEST_F(InstallTest, ARenamedOrForeignFileIsRefused) {
  const auto path = Ship("csv", "1.0.0");
  const auto renamed = [&](const std::string& name) {
    std::filesystem::copy_file(path, home_.path() / name);
    return (home_.path() / name).string();
  };
  const auto newer = renamed("csv-1.1.0-" + CurrentPlatform() + ".connpkg");
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Install(newer); })
                .find("its manifest says csv 1.0.0, so its name must be csv-1.0.0-"),
            std::string::npos);
  const auto odd = renamed("csv (1).connpkg");
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Install(odd); })
                .find("called ID-VERSION-PLATFORM.connpkg, found 'csv (1).connpkg'"),
            std::string::npos);
  const auto foreign = renamed("csv-1.0.0-plan9-mips.connpkg");
  EXPECT_NE(Refusal(ErrorKind::kUnsupported, [&] { installer_.Install(foreign); })
                .find("is for plan9-mips, this host is " + CurrentPlatform()),
            std::string::npos);
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Install("./none.connpkg"); })
                .find("No such file"),
            std::string::npos);
}

TEST_F(InstallTest, APackageWithoutAGoodManifestOrLibraryIsRefused) {
  const PackageName name{"csv", "1.0.0", CurrentPlatform()};
  const auto broken =
      PackAs(name, {{"manifest.yaml", "id: csv\nwhatever: 1\n"}, {"lib/csv.so", "x"}});
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Install(broken.string()); })
                .find("csv-1.0.0-" + CurrentPlatform() + ".connpkg: manifest.yaml: line "),
            std::string::npos);
  const auto empty = PackAs(name, {{"manifest.yaml", ManifestText("csv", "1.0.0")}});
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { installer_.Install(empty.string()); })
                .find("names the library 'lib/csv.so' for " + CurrentPlatform()),
            std::string::npos);
  EXPECT_EQ(described_, 0);
}

TEST_F(InstallTest, ALibraryThatSaysOtherwiseIsRefused) {
  Ship("csv", "1.0.0");
  const auto refusal = [&](std::function<void(Description&)> lie) {
    lie_ = std::move(lie);
    return Refusal(ErrorKind::kPolicy, [&] { installer_.Install("csv"); });
  };
  EXPECT_NE(refusal([](Description& said) {
              said.id = "evil";
            }).find("id 'csv' in the manifest, 'evil' in the library"),
            std::string::npos);
  EXPECT_NE(refusal([](Description& said) { said.version = "1.0.1"; }).find("version '1.0.0' in"),
            std::string::npos);
  EXPECT_NE(refusal([](Description& said) { said.abi = 2; }).find("abi '1' in the manifest, '2'"),
            std::string::npos);
  EXPECT_NE(refusal([](Description& said) {
              said.destination = true;
            }).find("kind 'source' in the manifest, 'source and destination' in the library"),
            std::string::npos);
  EXPECT_NE(refusal([](Description& said) { said = {}; }).find("'neither source nor destination'"),
            std::string::npos);
  lie_ = [](Description&) { throw Error(ErrorKind::kInternal, "the worker crashed"); };
  EXPECT_EQ(Refusal(ErrorKind::kInternal, [&] { installer_.Install("csv"); }),
            "the worker crashed");
}

TEST_F(InstallTest, AVersionNeverChangesItsContent) {
  installer_.Install(Ship("csv", "1.0.0").string());
  const auto other = Ship("csv", "1.0.0", "changed");
  const std::string refusal =
      Refusal(ErrorKind::kPolicy, [&] { installer_.Install(other.string()); });
  EXPECT_NE(refusal.find("csv 1.0.0 is installed with other content"), std::string::npos)
      << refusal;
  installer_.Uninstall("csv");
  installer_.Install(other.string());
}

}  // namespace
}  // namespace connhost::testing
