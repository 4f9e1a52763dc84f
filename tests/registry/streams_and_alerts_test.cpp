#include "tests/registry/contract.h"

namespace connhost {
namespace {

TEST_P(RegistryContract, CountsTheVersionsOfASchema) {
  EXPECT_EQ(registry().PutStream(Schema("a", R"({"v":1})")), 1);
  EXPECT_EQ(registry().PutStream(Schema("a", R"({"v":1})")), 1);
  EXPECT_EQ(registry().PutStream(Schema("a", R"({"v":2})")), 2);
  EXPECT_EQ(registry().PutStream(Schema("a", R"({"v":1})")), 3);  // back is a change too
  EXPECT_EQ(registry().PutStream(Schema("b", R"({"v":1})")), 1);
  const auto streams = registry().ListStreams("acme", "orders");
  ASSERT_EQ(streams.size(), 2U);
  EXPECT_EQ(streams[0].version, 3);
  EXPECT_EQ(streams[1].stream, "b");
  const auto history = registry().StreamHistory("acme", "orders", "a");
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[1].schema, R"({"v":2})");
  EXPECT_GT(history[1].discovered_at, 0);
  EXPECT_TRUE(registry().ListStreams("beta", "orders").empty());
  ExpectError(ErrorKind::kInternal, "schema", [&] { registry().PutStream(Schema("a", "{")); });
}

TEST_P(RegistryContract, ListsAlertsNewestFirst) {
  CompatAlert alert;
  alert.tenant = "acme";
  alert.connection = "orders";
  alert.stream = "orders";
  alert.severity = "breaking";
  alert.kind = "schema_drift";
  alert.message = "the column 'id' is gone";
  alert.details = R"({"field":"id"})";
  const int64_t first = registry().AddAlert(alert);
  alert.resolved_at = 5;
  const int64_t second = registry().AddAlert(alert);
  EXPECT_GT(second, first);
  ASSERT_EQ(registry().ListAlerts(false).size(), 2U);
  EXPECT_EQ(registry().ListAlerts(false)[0].id, second);
  EXPECT_EQ(registry().ListAlerts(false)[0].resolved_at, 5);
  const auto open = registry().ListAlerts(true);
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].id, first);
  EXPECT_EQ(open[0].message, alert.message);
  EXPECT_EQ(open[0].details, alert.details);
  EXPECT_EQ(open[0].severity, "breaking");
  EXPECT_EQ(open[0].kind, "schema_drift");
  EXPECT_EQ(open[0].stream, "orders");
  EXPECT_GT(open[0].created_at, 0);
  alert.severity = "bad";
  ExpectError(ErrorKind::kInternal, "severity", [&] { registry().AddAlert(alert); });
}

TEST_P(RegistryContract, ResolvesTheAlertsThatAreMeantAndNoOther) {
  CompatAlert alert;
  alert.severity = "warning";
  alert.kind = "retries_exhausted";
  for (const char* connection : {"orders", "invoices"}) {
    for (const char* stream : {"a", "b"}) {
      alert.tenant = "acme";
      alert.connection = connection;
      alert.stream = stream;
      registry().AddAlert(alert);
    }
  }
  registry().ResolveAlerts("acme", "orders", "a", "schema_drift");
  registry().ResolveAlerts("beta", "orders", "a", "retries_exhausted");
  EXPECT_EQ(registry().ListAlerts(true).size(), 4U);
  registry().ResolveAlerts("acme", "orders", "a", "retries_exhausted");
  ASSERT_EQ(registry().ListAlerts(true).size(), 3U);
  EXPECT_EQ(registry().ListAlerts(true).back().stream, "b");
  registry().ResolveAlerts("acme", "orders", "", "retries_exhausted");
  EXPECT_EQ(registry().ListAlerts(true).size(), 2U);
  EXPECT_GT(registry().ListAlerts(false).back().resolved_at, 0);
}

}  // namespace
}  // namespace connhost
