#include "host/conformance/verify.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "tests/host/conformance/broken_connector.h"

namespace connhost {
namespace {

constexpr char kNumbers[] = R"({"batches":"4","rows":"3"})";

std::string All(const std::vector<Verdict>& verdicts) {
  std::string text;
  for (const Verdict& verdict : verdicts) {
    text += verdict.check + " " + OutcomeName(verdict.result.outcome) + " " +
            verdict.result.sentence + "\n";
  }
  return text;
}

TEST(VerifyTest, AGoodSourceHasNoFault) {
  const BrokenConnector connector("good_source");
  VerifyOptions options = BrokenConnector::Options(kNumbers);
  options.larger = ReadGivenConfig(R"({"batches":"40","rows":"3"})");
  size_t told = 0;
  const auto verdicts =
      VerifyConnector(connector.folder(), std::move(options), [&](const Verdict&) { ++told; });
  EXPECT_EQ(told, verdicts.size());
  EXPECT_EQ(verdicts.size(), 13U) << All(verdicts);
  for (const Verdict& verdict : verdicts) {
    EXPECT_FALSE(IsBad(verdict.result.outcome)) << All(verdicts);
    EXPECT_NE(verdict.result.outcome, Outcome::kSkip) << All(verdicts);
    EXPECT_FALSE(verdict.result.sentence.empty());
  }
}

TEST(VerifyTest, EveryCheckHasAnOutcomeWhateverThePluginDoes) {
  const BrokenConnector connector("crashing_constructor");
  const auto verdicts = VerifyConnector(connector.folder(), BrokenConnector::Options(kNumbers));
  EXPECT_EQ(verdicts.size(), 13U);
  size_t crashed = 0;
  for (const Verdict& verdict : verdicts) crashed += verdict.result.outcome == Outcome::kCrash;
  EXPECT_GE(crashed, 10U) << All(verdicts);
}

TEST(VerifyTest, TheSeedChoosesWhereLongReadsAreStopped) {
  const BrokenConnector connector("good_source");
  const auto sentence = [&](uint64_t seed) {
    VerifyOptions options = BrokenConnector::Options(R"({"batches":"40","rows":"1"})");
    options.only = {"resume"};
    options.seed = seed;
    const auto verdicts = VerifyConnector(connector.folder(), std::move(options));
    EXPECT_EQ(verdicts.at(0).result.outcome, Outcome::kPass) << All(verdicts);
    return verdicts.at(0).result.sentence;
  };
  EXPECT_EQ(sentence(3),
            "the same records as in one go, stopped at 25 of 40 checkpoints (chosen by --seed 3)");
}

TEST(VerifyTest, OpensNoPathOfTheExampleByItself) {
  const BrokenConnector connector("good_source");
  std::ofstream(connector.folder() / "manifest.yaml", std::ios::app)
      << "files: {read: [what]}\nstate: {writes: a/1, reads: [a/1]}\n";
  std::string manifest = ReadFile(connector.folder() / "manifest.yaml");
  const std::string field = "What it does wrong.";
  manifest.replace(manifest.find(field), field.size(), field + ", examples: [/etc/passwd]");
  std::ofstream(connector.folder() / "manifest.yaml") << manifest;
  for (const Verdict& verdict : connector.Verify("batches")) {
    EXPECT_EQ(verdict.result.outcome, Outcome::kSkip);
    EXPECT_NE(verdict.result.sentence.find("--config"), std::string::npos)
        << verdict.result.sentence;
  }
}

TEST(VerifyTest, GrantsNothingOfAnInstallation) {
  const BrokenConnector connector("good_source");
  std::ofstream(connector.folder() / "manifest.yaml", std::ios::app) << "files: {read: [path]}\n";
  const TemporaryDirectory folder;
  MakeDirectories(folder.path() / "home/store");
  VerifyOptions options =
      BrokenConnector::Options(R"({"path":")" + (folder.path() / "home/store").string() + R"("})");
  options.only = {"batches"};
  options.home = Home{folder.path() / "home"};
  const auto verdicts = VerifyConnector(connector.folder(), std::move(options));
  EXPECT_EQ(verdicts.at(0).result.outcome, Outcome::kFail);
  EXPECT_NE(All(verdicts).find("would open connhost's own data"), std::string::npos)
      << All(verdicts);
}

TEST(VerifyTest, RefusesWhatAPersonGotWrong) {
  const BrokenConnector connector("good_source");
  try {
    connector.Verify("resme");
    FAIL() << "took an unknown check";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(std::string(error.what()).find("did you mean 'resume'"), std::string::npos);
  }
  try {
    connector.Verify("batches", R"({"rows":5})");
    FAIL() << "took a number where the schema says text";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_NE(std::string(error.what()).find("--config"), std::string::npos) << error.what();
  }
  EXPECT_THROW(ReadGivenConfig("absent.yaml"), Error);
  EXPECT_THROW(ReadGivenConfig("{\"a\":"), Error);
}

TEST(VerifyTest, OldStatesAreReadOnFrom) {
  const BrokenConnector connector("good_source");
  std::ofstream(connector.folder() / "manifest.yaml", std::ios::app)
      << "state: {writes: numbers/2, reads: [numbers/2, numbers/1]}\n";
  VerifyOptions options = BrokenConnector::Options(kNumbers);
  options.only = {"state"};
  const auto without = VerifyConnector(connector.folder(), std::move(options));
  EXPECT_NE(All(without).find("no state of numbers/1 was given"), std::string::npos)
      << All(without);
  VerifyOptions given = BrokenConnector::Options(kNumbers);
  given.only = {"state"};
  given.old_states["numbers/1"] = "2";
  const auto with = VerifyConnector(connector.folder(), std::move(given));
  EXPECT_EQ(All(with).find("no state of"), std::string::npos) << All(with);
  EXPECT_FALSE(IsBad(with.at(0).result.outcome)) << All(with);
}

}  // namespace
}  // namespace connhost
