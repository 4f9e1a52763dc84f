// Building an index from a folder of signed packages.
#include "host/catalog/build.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "host/signature/secret_key.h"
#include "host/signature/signed_statement.h"
#include "sample_package.h"

namespace connhost::testing {
namespace {

class BuildTest : public ::testing::Test {
 protected:
  static std::string Manifest(const std::string& version, const std::string& description) {
    return "manifest: 1\nid: csv\nversion: " + version +
           "\nname: A test\ndescription: " + description +
           "\npublisher: tests\nlicense: Apache-2.0\ntaxonomy: {origin: public, source: file, "
           "provider: local, product: test, method: file}\nkind: source\nabi: 1\nplatforms: "
           "{linux-x86_64: lib/csv.so, linux-aarch64: lib/csv.so}\ncapabilities: [full]\n"
           "runners: [local]\nconfig: {type: object, properties: {}}\n";
  }

  std::filesystem::path Put(const std::string& version, const std::string& platform,
                            const std::string& description = "Reads.") {
    return WriteSamplePackage(folder_.path(), {"csv", version, platform},
                              {{"manifest.yaml", Manifest(version, description)},
                               {"lib/csv.so", "library" + version + platform}});
  }
  void Sign(const std::filesystem::path& package, const SecretKey& key,
            const std::string& comment = "") {
    const std::string content = ReadFile(package);
    WriteFileAtomic(package.string() + ".minisig",
                    WriteSignature(key.Sign(DigestMessage(content), comment)));
  }
  void Write(const CatalogIndex& index) {
    WriteFileAtomic(folder_.path() / kIndexName, WriteIndex(index));
  }
  CatalogIndex Build(BuildOptions options = {}) {
    options.name = "acme";
    options.created = 1800000000000000;
    return BuildIndex(folder_.path(), options);
  }
  std::string Refused(ErrorKind kind, const BuildOptions& options = {}) {
    try {
      Build(options);
    } catch (const Error& error) {
      EXPECT_STREQ(ErrorKindName(error.kind()), ErrorKindName(kind)) << error.what();
      return error.what();
    }
    return "built";
  }

  TemporaryDirectory folder_;
  SecretKey key_ = SecretKey::Generate();
};

TEST_F(BuildTest, TheSameFolderGivesTheSameIndex) {
  for (const char* version : {"1.0.0", "1.1.0", "2.0.0-rc.1"}) {
    for (const char* platform : {"linux-x86_64", "linux-aarch64"}) {
      Sign(Put(version, platform), key_);
    }
  }
  const CatalogIndex index = Build();
  EXPECT_EQ(WriteIndex(Build()), WriteIndex(index));
  ASSERT_EQ(index.packages.size(), 3U);
  const IndexPackage* package = index.Find("csv", "1.1.0");
  ASSERT_NE(package, nullptr);
  EXPECT_EQ(package->platforms.size(), 2U);
  const auto file = folder_.path() / "csv-1.1.0-linux-x86_64.connpkg";
  EXPECT_EQ(package->platforms.at("linux-x86_64"),
            (IndexFile{file.filename().string(), std::filesystem::file_size(file),
                       Sha256Hex(ReadFile(file))}));
  EXPECT_EQ(package->signer, key_.public_key().id);
  EXPECT_EQ(package->channel, "stable");
  EXPECT_EQ(index.Find("csv", "2.0.0-rc.1")->channel, "preview");
}

TEST_F(BuildTest, ChannelsAndSerialAreCarriedOver) {
  Sign(Put("1.0.0", "linux-x86_64"), key_);
  Sign(Put("1.1.0", "linux-x86_64"), key_);
  BuildOptions options;
  options.marks = {{"csv@1.0.0", "deprecated"}};
  options.channel = "preview";
  Write(Build(options));
  Sign(Put("1.2.0", "linux-x86_64"), key_);
  const CatalogIndex index = Build();
  EXPECT_EQ(index.serial, 2U);
  EXPECT_EQ(index.Find("csv", "1.0.0")->channel, "deprecated");
  EXPECT_EQ(index.Find("csv", "1.1.0")->channel, "preview");
  EXPECT_EQ(index.Find("csv", "1.2.0")->channel, "stable");
}

TEST_F(BuildTest, WhatCannotBeInstalledIsRefused) {
  EXPECT_NE(Refused(ErrorKind::kConfig).find("expected packages (*.connpkg), found none"),
            std::string::npos);
  const auto package = Put("1.0.0", "linux-x86_64");
  EXPECT_NE(Refused(ErrorKind::kPolicy).find("expected its signature beside it"),
            std::string::npos);
  Sign(package, key_, "connhost package csv 1.0.0 sha256:" + std::string(64, '0'));
  EXPECT_NE(Refused(ErrorKind::kPolicy).find("its digest is"), std::string::npos);
  Sign(package, key_);
  const auto other = Put("1.0.0", "linux-aarch64");
  Sign(other, SecretKey::Generate());
  EXPECT_NE(Refused(ErrorKind::kPolicy).find("are signed by the keys"), std::string::npos);
  Put("1.0.0", "linux-aarch64", "Reads otherwise.");
  Sign(other, key_);
  EXPECT_NE(Refused(ErrorKind::kConfig).find("manifests of its platforms differ"),
            std::string::npos);
  std::filesystem::remove(other);
  std::string content = ReadFile(package);
  WriteFileAtomic(package, content.substr(0, content.size() / 2));
  Refused(ErrorKind::kPolicy);
}

TEST_F(BuildTest, WrongOptionsAreRefused) {
  Sign(Put("1.0.0", "linux-x86_64"), key_);
  BuildOptions options;
  options.channel = "stabel";
  EXPECT_NE(Refused(ErrorKind::kUsage, options).find("did you mean 'stable'"), std::string::npos);
  options.channel = "";
  options.marks = {{"csv@1.0.1", "stable"}};
  EXPECT_NE(Refused(ErrorKind::kUsage, options).find("no package 'csv@1.0.1'"), std::string::npos);
  options.marks = {{"csv@1.0.0", "old"}};
  EXPECT_NE(Refused(ErrorKind::kUsage, options).find("found 'old'"), std::string::npos);
}

}  // namespace
}  // namespace connhost::testing
