// A source that was built against the header of release 1.0 alone, behind the worker of today: what
// it gives arrives as it gave it. Numbers stand for the constants of that release.
#include <map>

#include "tests/plugin-api/frozen_fixture.h"

namespace connhost {
namespace {

TEST_F(FrozenPlugin, SourceTellsWhoItIsAndWhatItHas) {
  WorkerSpec spec = Source();
  spec.console = true;
  std::string console, catalog;
  WorkerSession session(spec, -1, Sink(), [&](std::string_view bytes) { console += bytes; });
  EXPECT_STREQ(session.ready()["plugin"]["id"].GetString(), "frozen-source");
  EXPECT_STREQ(session.ready()["plugin"]["version"].GetString(), "1.0.0");
  EXPECT_EQ(session.ready()["plugin"]["abi"].GetInt(), 1);
  EXPECT_TRUE(session.ready()["plugin"]["source"].GetBool());
  EXPECT_FALSE(session.ready()["plugin"]["destination"].GetBool());
  session.Call(FrameType::kCreate, 0, "{}");
  session.Call(FrameType::kAuthenticate, 0, {});
  EXPECT_EQ(console, "greetings\n");
  session.Call(FrameType::kDiscover, 0, {}, 0, [&](const Frame& frame) {
    EXPECT_EQ(frame.type, FrameType::kStream);
    catalog += frame.payload;
  });
  const Json document = ParseJson(catalog, "catalog");
  EXPECT_STREQ(document["name"].GetString(), "numbers");
  EXPECT_EQ(SchemaFromJson(document["fields"]), ReadNumbers(session).schema);
  EXPECT_TRUE(session.Close(std::chrono::seconds(10)).clean);
  EXPECT_TRUE(Said("source destroyed", "stderr", 2));
}

TEST_F(FrozenPlugin, SourceIsReadToItsEndAndGoesOnFromItsState) {
  WorkerSession session(Source(), -1, Sink());
  session.Call(FrameType::kCreate, 0, R"({"rows":10,"reject":6})");
  const Received all = ReadNumbers(session);
  EXPECT_EQ(all.order, "SBPCRBBPCBPC");
  EXPECT_TRUE(Said("reading numbers", "log", 2));
  EXPECT_EQ(all.origins,
            (Strings{"numbers.txt:1+4", "numbers.txt:5+1", "numbers.txt:7+2", "numbers.txt:9+2"}));
  EXPECT_EQ(all.states, (Strings{R"({"next":5})", R"({"next":9})", R"({"next":11})"}));
  EXPECT_EQ(all.progress, (Strings{"4/10", "8/10", "10/10"}));
  EXPECT_EQ(all.rejections, (Strings{"numbers.txt", "on_demand",
                                     "the record was rejected on demand", "\xFFraw", "6"}));
  EXPECT_EQ(ReadNumbers(session, all.states[1]).origins, (Strings{"numbers.txt:9+2"}));
  EXPECT_EQ(ReadNumbers(session, all.states[2]).order, "SPC");
  constexpr std::string_view kSince = R"({"stream":"numbers","sync":"incremental","since":"8"})";
  EXPECT_EQ(ReadNumbers(session, "", kSince).origins, (Strings{"numbers.txt:8+3"}));
}

TEST_F(FrozenPlugin, RecordsOfEveryTypeArriveAsTheyWereEmitted) {
  WorkerSession session(Source(), -1, Sink());
  session.Call(FrameType::kCreate, 0, R"({"rows":3})");
  const Received all = ReadNumbers(session);
  Strings types;
  for (const Column& column : all.schema.columns) types.push_back(column.TypeName());
  EXPECT_EQ(types, (Strings{"int64", "bool", "float64", "utf8", "binary", "date32", "timestamp",
                            "timestamptz", "decimal128(10,2)", "json", "number"}));
  BatchView batch;
  ASSERT_EQ(all.batches.size(), 1U);
  DecodeBatch(all.batches[0], all.schema, &batch);
  const auto whole = [&](size_t column) {
    return reinterpret_cast<const int64_t*>(batch.columns[column].data);
  };
  EXPECT_EQ(batch.rows, 3U);
  EXPECT_EQ(whole(0)[2], 3);
  EXPECT_EQ(batch.columns[1].data[0] & 7, 2);
  EXPECT_EQ(reinterpret_cast<const double*>(batch.columns[2].data)[2], 1.5);
  EXPECT_EQ(batch.columns[3].Text(1), "n\u00B02");
  EXPECT_FALSE(batch.columns[3].IsNull(1));
  EXPECT_TRUE(batch.columns[3].IsNull(2));
  EXPECT_EQ(batch.columns[4].Text(2), "\xFF\x80");
  EXPECT_EQ(reinterpret_cast<const int32_t*>(batch.columns[5].data)[2], 3);
  EXPECT_EQ(whole(6)[2], 3'000'000);
  EXPECT_EQ(whole(7)[2], 3'000'001);
  EXPECT_EQ(whole(8)[4], -3);
  EXPECT_EQ(whole(8)[5], -1);
  EXPECT_EQ(batch.columns[9].Text(2), R"({"id":3})");
  EXPECT_EQ(batch.columns[10].Text(2), "3.0500");
}

TEST_F(FrozenPlugin, EveryStatusMeansWhatItMeant) {
  const std::map<int, std::string> kinds = {
      {2, "config"},       {3, "auth"},        {4, "transient"}, {5, "throttled"},
      {6, "stale_cursor"}, {7, "unsupported"}, {8, "internal"}};
  for (const auto& [status, kind] : kinds) {
    WorkerSession session(Source(), -1, Sink());
    session.Call(FrameType::kCreate, 0, R"({"rows":9,"fail":)" + std::to_string(status) + "}");
    uint64_t retry_after = 0;
    const Outcome outcome = OutcomeOf([&] {
      try {
        ReadNumbers(session);
      } catch (const GuestError& error) {
        retry_after = error.retry_after_ms;
        throw;
      }
    });
    EXPECT_EQ(outcome.kind, kind);
    EXPECT_TRUE(Contains(outcome.sentence, "failed on demand")) << outcome.sentence;
    EXPECT_EQ(retry_after, kind == "throttled" ? 1500U : 0U);
  }
}

TEST_F(FrozenPlugin, SourceIsStoppedInTheMiddle) {
  WorkerSession session(Source(), -1, Sink());
  session.Call(FrameType::kCreate, 0, R"({"rows":1000000000})");
  session.Send(FrameType::kRead, kNumbersRequest.size(), kNumbersRequest);
  EXPECT_EQ(session.Receive().type, FrameType::kSchema);
  const GuestExit exit = session.Close(std::chrono::seconds(10));
  EXPECT_TRUE(exit.clean) << exit.sentence;
  EXPECT_TRUE(Said("source destroyed", "stderr", 2));
}

}  // namespace
}  // namespace connhost
