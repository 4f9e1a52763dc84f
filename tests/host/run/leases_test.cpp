#include <gtest/gtest.h>

#include "base/time.h"
#include "tests/host/run/run_fixture.h"

namespace connhost {
namespace {

class Leases : public RunFixture {
 protected:
  void SetUp() override {
    Write("data/orders.csv", "id\n1\n");
    Connect("orders", "csv", "{path: data/orders.csv}");
  }
  LeaseAnswer Hold(int64_t micros) {
    ConnectorRun run;
    run.id = NewRunId();
    run.tenant = "acme";
    run.connection = "orders";
    run.started_at = NowMicros();
    return registry_->BeginRun(run, LeaseHolder::Current(), micros);
  }
};

TEST_F(Leases, ASecondStartIsRefusedAndNamesTheFirst) {
  const LeaseAnswer held = Hold(60'000'000);
  ASSERT_TRUE(held.fence);
  try {
    Run("orders");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find(held.fence->run_id), std::string::npos);
  }
  EXPECT_TRUE(Landed("orders", "orders").empty());
}

TEST_F(Leases, AnExpiredLeaseIsTakenOver) {
  const LeaseAnswer held = Hold(0);
  ASSERT_TRUE(held.fence);
  EXPECT_EQ(Run("orders").exit_code, 0);
  EXPECT_EQ(registry_->FindRun(held.fence->run_id)->status, RunStatus::kAbandoned);
}

TEST_F(Leases, TheLeaseIsFreeAfterARun) {
  EXPECT_EQ(Run("orders").exit_code, 0);
  EXPECT_TRUE(Hold(1000).fence);
}

}  // namespace
}  // namespace connhost
