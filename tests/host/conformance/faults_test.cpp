#include "tests/host/conformance/faults.h"

#include <gtest/gtest.h>

#include <set>

#include "host/conformance/check.h"
#include "tests/host/conformance/broken_connector.h"

namespace connhost {
namespace {

class FaultTest : public testing::TestWithParam<Fault> {};

TEST_P(FaultTest, IsFoundByItsCheck) {
  const Fault& fault = GetParam();
  const BrokenConnector connector(fault.plugin, fault.role);
  VerifyOptions options = BrokenConnector::Options(fault.config);
  options.only = {fault.check};
  options.time = std::chrono::seconds(fault.seconds);
  if (fault.check == "memory") options.larger = ReadGivenConfig(R"({"rows":"100"})");
  const std::vector<Verdict> verdicts = VerifyConnector(connector.folder(), std::move(options));
  ASSERT_EQ(verdicts.size(), 1U);
  EXPECT_EQ(OutcomeName(verdicts[0].result.outcome), fault.outcome) << verdicts[0].result.sentence;
  EXPECT_NE(verdicts[0].result.sentence.find(fault.sentence), std::string::npos)
      << verdicts[0].result.sentence;
}

INSTANTIATE_TEST_SUITE_P(Each, FaultTest, testing::ValuesIn(Faults()), [](const auto& each) {
  return each.param.plugin + "_" + each.param.check + "_" + std::to_string(each.index);
});

TEST(VerifyPage, ListsEveryFaultAndNoOther) {
  const std::string page = ReadFile(VERIFY_PAGE);
  std::string table;
  for (const Fault& fault : Faults()) table += TableRow(fault) + "\n";
  EXPECT_NE(page.find(table), std::string::npos) << "the page should have:\n" << table;
}

TEST(VerifyPage, ListsEveryCheckWithItsPromise) {
  const std::string page = ReadFile(VERIFY_PAGE);
  std::string table;
  for (const Check& check : AllChecks()) {
    const char* whose = check.source && check.destination ? "both"
                        : check.source                    ? "sources"
                        : check.destination               ? "destinations"
                                                          : "the package";
    table += std::string("| `") + check.name + "` | " + whose + " | " + check.promise + " |\n";
  }
  EXPECT_NE(page.find(table), std::string::npos) << "the page should have:\n" << table;
}

TEST(Faults, ReachEveryCheckThatLooksAtTheLibrary) {
  std::set<std::string> reached;
  for (const Fault& fault : Faults()) reached.insert(fault.check);
  for (const Check& check : AllChecks()) {
    if (check.name == std::string("package")) continue;  // its faults are in subject_test.cpp
    EXPECT_EQ(reached.count(check.name), 1U) << check.name;
  }
}

}  // namespace
}  // namespace connhost
