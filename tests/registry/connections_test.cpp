#include "tests/registry/contract.h"

namespace connhost {
namespace {

TEST_P(RegistryContract, ReplacesAConnectionAndKeepsItsBirth) {
  TenantConnection connection = Connection("acme", "orders");
  connection.created_at = connection.updated_at = 100;
  connection.document = "{\"text\":\"d\u00e9j\u00e0 'vu'\"}";
  registry().PutConnection(connection);
  connection.created_at = connection.updated_at = 200;
  connection.source = "json";
  registry().PutConnection(connection);
  ASSERT_EQ(registry().ListConnections().size(), 1U);
  const auto found = registry().FindConnection("acme", "orders");
  EXPECT_EQ(found->created_at, 100);
  EXPECT_EQ(found->updated_at, 200);
  EXPECT_EQ(found->source, "json");
  EXPECT_EQ(found->destination, "bronze");
  EXPECT_EQ(found->document, connection.document);
}

TEST_P(RegistryContract, APausedConnectionStaysSoUntilItIsResumed) {
  registry().PutConnection(Connection("acme", "orders"));
  registry().PutConnection(Connection("beta", "orders"));
  registry().PauseConnection("acme", "orders", "it crashed five times");
  registry().PutConnection(Connection("acme", "orders"));
  EXPECT_EQ(registry().FindConnection("acme", "orders")->pause_reason, "it crashed five times");
  EXPECT_EQ(registry().FindConnection("beta", "orders")->pause_reason, "");
  CompatAlert alert;
  alert.tenant = "acme";
  alert.connection = "orders";
  alert.severity = "warning";
  alert.kind = "crash_loop";
  registry().AddAlert(alert);
  registry().ResumeConnection("acme", "orders");
  EXPECT_EQ(registry().FindConnection("acme", "orders")->pause_reason, "");
  EXPECT_TRUE(registry().ListAlerts(true).empty());
  ExpectError(ErrorKind::kConfig, "acme/nothing",
              [&] { registry().PauseConnection("acme", "nothing", "why"); });
  ExpectError(ErrorKind::kConfig, "acme/nothing",
              [&] { registry().ResumeConnection("acme", "nothing"); });
}

TEST_P(RegistryContract, KeepsTenantsApart) {
  registry().PutConnection(Connection("beta", "orders"));
  registry().PutConnection(Connection("acme", "orders"));
  registry().PutConnection(Connection("acme", "invoices"));
  std::string order;
  for (const auto& row : registry().ListConnections()) order += row.tenant + "/" + row.name + " ";
  EXPECT_EQ(order, "acme/invoices acme/orders beta/orders ");
  registry().RemoveConnection("acme", "orders");
  EXPECT_TRUE(registry().FindConnection("beta", "orders"));
  EXPECT_FALSE(registry().FindConnection("acme", "orders"));
  EXPECT_FALSE(registry().FindConnection("acme' OR '1'='1", "invoices"));
}

TEST_P(RegistryContract, RefusesToRemoveWhatIsMissingOrRuns) {
  ExpectError(ErrorKind::kConfig, "acme/orders",
              [&] { registry().RemoveConnection("acme", "orders"); });
  registry().PutConnection(Connection("acme", "orders"));
  const Fence fence = Begin(registry(), "run-1");
  ExpectError(ErrorKind::kTransient, "run-1",
              [&] { registry().RemoveConnection("acme", "orders"); });
  EXPECT_TRUE(registry().FindConnection("acme", "orders"));
  Finish(registry(), fence);
  registry().RemoveConnection("acme", "orders");
  EXPECT_TRUE(registry().FindRun("run-1"));
}

TEST_P(RegistryContract, ARemovedConnectionGoesOnFromItsSequence) {
  registry().PutConnection(Connection("acme", "orders"));
  WholeRun(registry(), "run-1", 7);
  registry().RemoveConnection("acme", "orders");
  registry().PutConnection(Connection("acme", "orders"));
  EXPECT_EQ(registry().CurrentState("acme", "orders", "orders")->sequence, 7U);
}

}  // namespace
}  // namespace connhost
