#include "host/upgrade/shadow_run.h"
#include "tests/host/upgrade/upgrade_fixture.h"

namespace connhost {
namespace {

class ShadowTest : public UpgradeFixture {
 protected:
  ShadowReport Shadow(const std::string& version, const std::string& connector = "counter") {
    StopSignal stop;
    ShadowRun shadow(*registry_, *store_, home_, CONNHOST_WORKER);
    return shadow.Run(connector, version, {"acme", "orders"}, &stop);
  }
};

TEST_F(ShadowTest, TellsWhatDiffersFromTheCurrentStateOn) {
  InstallCounter({"1.1.0", "1.3.0"});
  ConnectCounter("acme", "orders");
  AddLines("orders", 100);
  ExpectRun("acme", "orders", "1.1.0");
  AddLines("orders", 20);
  const auto states = registry_->ListStates("acme", "orders");
  const ShadowReport report = Shadow("1.3.0");
  EXPECT_EQ(report.before, "1.1.0");
  ASSERT_EQ(report.streams.size(), 1U);
  const LandedDifference& numbers = report.streams[0];
  EXPECT_EQ(numbers.stream, "numbers");
  EXPECT_EQ(numbers.same, 0U);
  EXPECT_EQ(numbers.only_before, 20U);
  EXPECT_EQ(numbers.only_after, 20U);
  ASSERT_EQ(numbers.examples.size(), 6U);
  // Nothing of the connection changed, and nothing is left.
  EXPECT_EQ(registry_->ActiveDefinition("counter")->version, "1.1.0");
  EXPECT_EQ(registry_->ListStates("acme", "orders").at(0).state, states.at(0).state);
  EXPECT_EQ(registry_->ListRuns({}).size(), 1U);
  EXPECT_TRUE(std::filesystem::is_empty(home_.root / "shadow"));
  ExpectRun("acme", "orders", "1.1.0");
  ExpectAllLanded("acme", "orders");
}

TEST_F(ShadowTest, TheSameIsTheSame) {
  InstallCounter({"1.0.0", "2.0.0"});
  ConnectCounter("acme", "orders");
  AddLines("orders", 50);
  const ShadowReport report = Shadow("2.0.0");
  EXPECT_TRUE(report.none());
  EXPECT_EQ(report.streams.at(0).same, 50U);
}

TEST_F(ShadowTest, AVersionThatCannotRunSaysSo) {
  InstallCounter({"1.0.0", "1.4.0"});
  ConnectCounter("acme", "orders");
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { Shadow("1.4.0"); }).find("tenant_key"),
            std::string::npos);
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { Shadow("7.0.0"); }).find("counter 7.0.0 is not"),
            std::string::npos);
  EXPECT_NE(Refusal(ErrorKind::kConfig, [&] { Shadow("1.0.0", "bronze"); })
                .find("one that reads with 'counter'"),
            std::string::npos);
}

}  // namespace
}  // namespace connhost
