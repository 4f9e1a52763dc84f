#include "host/conformance/subject.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "host/lifecycle/pack.h"
#include "tests/host/conformance/broken_connector.h"

namespace connhost {
namespace {

const CheckResult& Only(const std::vector<Verdict>& verdicts) {
  EXPECT_EQ(verdicts.size(), 1U);
  return verdicts.at(0).result;
}

std::vector<Verdict> VerifyPackage(const std::filesystem::path& path) {
  VerifyOptions options = BrokenConnector::Options("");
  options.only = {"package"};
  return VerifyConnector(path, std::move(options));
}

TEST(SubjectTest, TakesAFolderAndThePackageMadeOfIt) {
  const BrokenConnector connector("good_source");
  const TemporaryDirectory output;
  const auto package = PackConnector(connector.folder(), output.path()).path;
  EXPECT_EQ(Only(VerifyPackage(connector.folder())).outcome, Outcome::kPass);
  EXPECT_EQ(Only(VerifyPackage(package)).outcome, Outcome::kPass);
  const Subject subject(package);
  EXPECT_EQ(subject.manifest().id, "broken");
  EXPECT_TRUE(std::filesystem::exists(subject.library()));
  EXPECT_FALSE(subject.is_folder());
}

TEST(SubjectTest, LeavesNothingBehindAndTheFolderAsItWas) {
  const BrokenConnector connector("good_source");
  std::filesystem::path unpacked;
  {
    const TemporaryDirectory output;
    const Subject subject(PackConnector(connector.folder(), output.path()).path);
    unpacked = subject.package().root;
    EXPECT_TRUE(std::filesystem::exists(unpacked));
  }
  EXPECT_FALSE(std::filesystem::exists(unpacked));
  VerifyPackage(connector.folder());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(connector.folder()), {}), 2);
}

TEST(SubjectTest, ToldWhatIsWrongWithThePackageAndTheRestIsSkipped) {
  const BrokenConnector connector("good_source");
  const TemporaryDirectory output;
  const auto package = PackConnector(connector.folder(), output.path()).path;
  std::string bytes = ReadFile(package);
  bytes[bytes.size() / 2] ^= 1;
  std::ofstream(package, std::ios::binary) << bytes;
  const auto verdicts = VerifyConnector(package, BrokenConnector::Options(""));
  EXPECT_EQ(verdicts[0].result.outcome, Outcome::kFail);
  EXPECT_NE(verdicts[0].result.sentence.find(package.filename().string()), std::string::npos);
  for (size_t i = 1; i < verdicts.size(); ++i) {
    EXPECT_EQ(verdicts[i].result.outcome, Outcome::kSkip) << verdicts[i].check;
  }
}

TEST(SubjectTest, RefusesAnotherNameAndAMissingLibrary) {
  const BrokenConnector connector("good_source");
  const TemporaryDirectory output;
  const auto package = PackConnector(connector.folder(), output.path()).path;
  const auto renamed = output.path() / ("other-1.0.0-" + CurrentPlatform() + ".connpkg");
  std::filesystem::rename(package, renamed);
  EXPECT_NE(Only(VerifyPackage(renamed)).sentence.find("its name must be broken-1.0.0"),
            std::string::npos);
  std::filesystem::remove(connector.folder() / "lib/broken.so");
  const CheckResult result = Only(VerifyPackage(connector.folder()));
  EXPECT_EQ(result.outcome, Outcome::kFail);
  EXPECT_NE(result.sentence.find("lib/broken.so"), std::string::npos) << result.sentence;
}

TEST(SubjectTest, SaysWhereThereIsNothing) {
  const TemporaryDirectory empty;
  try {
    VerifyPackage(empty.path() / "absent");
    FAIL() << "expected Error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_NE(std::string(error.what()).find("absent'; give a .connpkg file"), std::string::npos);
  }
}

TEST(SubjectTest, ToldWhatAFolderHoldsThatNoPackageMay) {
  const BrokenConnector connector("good_source");
  std::ofstream(connector.folder() / "notes.txt") << "mine";
  const CheckResult result = Only(VerifyPackage(connector.folder()));
  EXPECT_EQ(result.outcome, Outcome::kFail);
  EXPECT_NE(result.sentence.find("notes.txt"), std::string::npos) << result.sentence;
}

}  // namespace
}  // namespace connhost
