#include <gtest/gtest.h>

#include "tests/host/run/run_fixture.h"

namespace connhost {
namespace {

using RunTest = RunFixture;

constexpr char kOrders[] = "id,customer,amount\n1,Zoë,01.50\n2,,\n3,\"a,b\",3\n";

TEST_F(RunTest, RecordsLandInTheEnvelope) {
  Write("data/orders.csv", kOrders);
  Connect("orders", "csv", "{path: data/orders.csv, types: {id: int64}}",
          "[{name: orders, sync: full, write: overwrite, key: [id]}]");
  const RunOutcome outcome = Run("orders");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.run.cause;
  EXPECT_EQ(outcome.run.status, RunStatus::kSucceeded);
  ExpectBalance(outcome);
  const std::vector<std::string> lines = Landed("orders", "orders");
  ASSERT_EQ(lines.size(), 3U);
  const Json line = ParseJson(lines[0], "line");
  EXPECT_EQ(TextOf(line["tenant"]), "acme");
  EXPECT_EQ(TextOf(line["connector"]), "csv@1.0.0");
  EXPECT_EQ(TextOf(line["stream"]), "orders");
  EXPECT_EQ(TextOf(line["run_id"]), outcome.run.id);
  EXPECT_EQ(TextOf(line["op"]), "upsert");
  EXPECT_EQ(line["key"][0].GetInt64(), 1);
  EXPECT_TRUE(line["cursor"].IsNull());
  EXPECT_EQ(WriteJson(line["data"]), R"({"id":1,"customer":"Zoë","amount":"01.50"})");
  EXPECT_TRUE(ParseJson(lines[1], "line")["data"]["amount"].IsNull());
}

TEST_F(RunTest, TheRunIsRecorded) {
  Write("data/orders.csv", kOrders);
  Connect("orders", "csv", "{path: data/orders.csv}");
  const RunOutcome outcome = Run("orders");
  const auto row = registry_->FindRun(outcome.run.id);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->status, RunStatus::kSucceeded);
  EXPECT_EQ(row->source_version, "csv@1.0.0");
  EXPECT_EQ(row->source_digest.size(), 64U);
  const Json metrics = ParseJson(row->metrics, "metrics");
  EXPECT_EQ(metrics["records_read"].GetInt64(), 3);
  EXPECT_EQ(metrics["records_written"].GetInt64(), 3);
  EXPECT_GT(ParseJson(row->cost, "cost")["cpu_seconds"].GetDouble(), 0);
  EXPECT_GT(ParseJson(row->cost, "cost")["peak_memory_bytes"].GetUint64(), 0U);
  EXPECT_EQ(registry_->ListStreams("acme", "orders").size(), 1U);
}

TEST_F(RunTest, AnUnchangedFileIsNotReadAgain) {
  Write("data/orders.csv", kOrders);
  Connect("orders", "csv", "{path: data/orders.csv}",
          "[{name: orders, sync: incremental, write: append}]");
  Run("orders");
  const RunOutcome again = Run("orders");
  EXPECT_EQ(again.exit_code, 0) << again.run.cause;
  EXPECT_EQ(again.streams[0].records_read, 0U);
  EXPECT_EQ(Landed("orders", "orders").size(), 3U);
}

TEST_F(RunTest, CommitsAfterSoManyRecords) {
  Connect("people", "faker", "{rows: 1000, checkpoint_every: 100}", "[{name: people}]");
  options_.commit_bytes = uint64_t{1} << 40;
  options_.commit_millis = INT64_MAX;
  options_.commit_records = 250;
  const RunOutcome outcome = Run("people");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.run.cause;
  EXPECT_EQ(outcome.streams[0].commits, 4U) << "behind 300, 600, 900, and at the end";
}

TEST_F(RunTest, AnOverwriteReplacesAndAnEmptySourceEmpties) {
  Write("data/orders.csv", kOrders);
  Connect("orders", "csv", "{path: data/orders.csv, types: {id: int64}}",
          "[{name: orders, sync: full, write: overwrite}]");
  Run("orders");
  Write("data/orders.csv", "id,customer,amount\n9,x,1\n");
  Run("orders");
  EXPECT_EQ(LandedInts("orders", "orders", "id"), std::vector<int64_t>{9});
  Write("data/orders.csv", "id,customer,amount\n");
  const RunOutcome empty = Run("orders");
  EXPECT_EQ(empty.exit_code, 0) << empty.run.cause;
  EXPECT_TRUE(Landed("orders", "orders").empty());
}

TEST_F(RunTest, BadRowsBecomeDeadLettersAndTheRestLands) {
  Write("data/orders.csv", "id,name\n1,a\n2\n3,c\n4,d,e\n5,f\n");
  Connect("orders", "csv", "{path: data/orders.csv, types: {id: int64}}");
  const RunOutcome outcome = Run("orders");
  EXPECT_EQ(outcome.exit_code, 5);
  EXPECT_EQ(outcome.run.status, RunStatus::kPartial);
  ExpectBalance(outcome);
  EXPECT_EQ(outcome.streams[0].records_read, 5U);
  EXPECT_EQ(outcome.streams[0].records_rejected, 2U);
  EXPECT_EQ(LandedInts("orders", "orders", "id"), (std::vector<int64_t>{1, 3, 5}));
  EXPECT_TRUE(std::filesystem::exists(home_.dead_letters() / "acme/orders/orders"));
}

TEST_F(RunTest, InvalidDocumentsAreStoppedAtTheBorder) {
  Write("data/docs.ndjson", "{\"n\":1}\n{\"n\":2\n{\"n\":3.10}\n{\"n\":4},\"tenant\":\"other\"\n");
  Connect("docs", "ndjson", "{path: data/docs.ndjson}");
  const RunOutcome outcome = Run("docs");
  EXPECT_EQ(outcome.exit_code, 5) << outcome.run.cause;
  ExpectBalance(outcome);
  EXPECT_EQ(outcome.streams[0].records_rejected, 2U);
  const std::vector<std::string> lines = Landed("docs", "docs");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NE(lines[1].find("\"data\":{\"n\":3.10}}"), std::string::npos) << "bytes must not change";
}

TEST_F(RunTest, OneFailingStreamDoesNotStopTheOthers) {
  Write("data/good.csv", "id\n1\n2\n");
  Write("data/bad.csv", "id\n1\n");
  Connect("two", "csv", "{path: \"data/*.csv\"}", "[{name: bad, key: [absent]}, {name: good}]");
  const RunOutcome outcome = Run("two");
  ASSERT_EQ(outcome.streams.size(), 2U) << outcome.run.cause;
  EXPECT_EQ(outcome.run.status, RunStatus::kPartial);
  EXPECT_EQ(outcome.exit_code, 5);
  EXPECT_EQ(outcome.streams[0].status, "failed");
  EXPECT_NE(outcome.run.cause.find("'absent'"), std::string::npos) << outcome.run.cause;
  EXPECT_EQ(outcome.streams[1].status, "succeeded");
  EXPECT_EQ(Landed("two", "good").size(), 2U);
}

TEST_F(RunTest, AClearedStateReadsFromTheStart) {
  Write("data/orders.csv", kOrders);
  Connect("orders", "csv", "{path: data/orders.csv}",
          "[{name: orders, sync: incremental, write: append}]");
  const RunOutcome first = Run("orders");
  registry_->ClearState("acme", "orders", "");
  Run("orders");
  EXPECT_EQ(Landed("orders", "orders").size(), 6U);
  registry_->RewindState("acme", "orders", "orders", first.run.id);
  EXPECT_EQ(Run("orders").streams[0].records_read, 0U);
}

TEST_F(RunTest, ALostDestinationIsRefusedUntilAFullRead) {
  Write("data/orders.csv", kOrders);
  Connect("orders", "csv", "{path: data/orders.csv}",
          "[{name: orders, sync: incremental, write: append}]");
  Run("orders");
  std::filesystem::remove_all(folder_.path() / "bronze");
  const RunOutcome refused = Run("orders");
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_NE(refused.run.cause.find("--full"), std::string::npos) << refused.run.cause;
  options_.full = true;
  EXPECT_EQ(Run("orders").exit_code, 0);
  EXPECT_EQ(Landed("orders", "orders").size(), 3U);
}

TEST_F(RunTest, UnknownKeysAndStreamsAreRefusedWithTheNearest) {
  Write("data/orders.csv", kOrders);
  try {
    Connect("orders", "csv", "{path: data/orders.csv, delimeter: ';'}");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean 'delimiter'?"), std::string::npos)
        << error.what();
  }
  Connect("orders", "csv", "{path: data/orders.csv}", "[{name: order, sync: full}]");
  const RunOutcome outcome = Run("orders");
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_NE(outcome.run.cause.find("did you mean 'orders'?"), std::string::npos)
      << outcome.run.cause;
}

TEST_F(RunTest, ConnhostsOwnDataAreNeverGranted) {
  Install("bronze");
  Install("csv");
  try {
    Connect("own", "csv", "{path: home/registry.db}");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kPolicy);
  }
}

TEST_F(RunTest, SameConnectionNameUnderTwoTenantsIsTwoStates) {
  Write("data/orders.csv", kOrders);
  Connect("orders", "csv", "{path: data/orders.csv}",
          "[{name: orders, sync: incremental, write: append}]");
  Run("orders");
  EXPECT_TRUE(registry_->ListStates("globex", "orders").empty());
  EXPECT_EQ(registry_->ListStates("acme", "orders").size(), 1U);
}

}  // namespace
}  // namespace connhost
