// The same rows whatever was read before, at every shape and from every checkpoint.
#include <gtest/gtest.h>

#include <chrono>
#include <connhost/testing.hpp>

extern "C" const connhost_plugin connhost_plugin_v1;

namespace connhost::faker {
namespace {

using Texts = std::vector<std::string>;

sdk::ReadResult ReadAll(const std::string& config, const std::string& state = "",
                        const std::string& stream = "people", size_t stop = 0) {
  sdk::PluginTest source(connhost_plugin_v1, config);
  return source.Read("{\"stream\":\"" + stream + "\",\"sync\":\"incremental\"}", state, stop);
}

TEST(Rows, AreTheSameEveryTimeAndOthersForAnotherSeedOrStream) {
  const Texts rows = ReadAll(R"({"rows":50})").rows;
  EXPECT_EQ(rows.size(), 50U);
  EXPECT_EQ(ReadAll(R"({"rows":50})").rows, rows);
  EXPECT_NE(ReadAll(R"({"rows":50,"seed":2})").rows, rows);
  EXPECT_NE(ReadAll(R"({"rows":50,"streams":2})", "", "people_2").rows, rows);
  EXPECT_NE(rows[0].find(R"({"id":1,"name":")"), std::string::npos) << rows[0];
  EXPECT_NE(rows[0].find(R"("updated_at":1704067201000000})"), std::string::npos) << rows[0];
}

TEST(Rows, OfEveryShapeFitTheirColumns) {
  for (const std::string shape : {"people", "orders", "wide", "documents"}) {
    const sdk::ReadResult result =
        ReadAll("{\"rows\":9000,\"shape\":\"" + shape + "\"}", "", shape);
    EXPECT_EQ(result.status, CONNHOST_OK) << result.sentence;
    ASSERT_EQ(result.rows.size(), 9000U) << shape;
    for (const std::string& row : result.rows)
      ASSERT_TRUE(sdk::IsJson(row) || shape == "orders") << row;
    EXPECT_EQ(result.positions.back(), ":9000");
  }
}

TEST(Rows, ResumeAtEveryCheckpoint) {
  const std::string config =
      R"({"rows":100,"batch_rows":7,"checkpoint_every":5,"reject_every":13})";
  const sdk::ReadResult whole = ReadAll(config);
  ASSERT_EQ(whole.rows.size(), 93U);
  ASSERT_EQ(whole.rejected.size(), 7U);
  ASSERT_EQ(whole.states.size(), 20U);
  for (size_t stop = 1; stop <= whole.batches + whole.states.size(); ++stop) {
    const sdk::ReadResult part = ReadAll(config, "", "people", stop);
    ASSERT_EQ(part.status, CONNHOST_CANCELLED);
    const size_t kept = part.states.empty() ? 0 : part.rows_at_state.back();
    const sdk::ReadResult rest = ReadAll(config, part.states.empty() ? "" : part.states.back());
    Texts rows(part.rows.begin(), part.rows.begin() + static_cast<std::ptrdiff_t>(kept));
    rows.insert(rows.end(), rest.rows.begin(), rest.rows.end());
    ASSERT_EQ(rows, whole.rows) << stop;
  }
}

TEST(Rows, GrowWithTheTotal) {
  const sdk::ReadResult first = ReadAll(R"({"rows":10})");
  EXPECT_EQ(first.states.back(), R"({"next":11})");
  const sdk::ReadResult again = ReadAll(R"({"rows":10})", first.states.back());
  EXPECT_TRUE(again.rows.empty());
  EXPECT_EQ(again.states, first.states);
  EXPECT_EQ(ReadAll(R"({"rows":12})", first.states.back()).rows.size(), 2U);
  EXPECT_EQ(ReadAll(R"({"rows":0})").states, (Texts{R"({"next":1})"}));
}

TEST(Rows, BatchesHaveTheSizeAsked) {
  EXPECT_EQ(ReadAll(R"({"rows":100,"batch_rows":10})").batches, 10U);
}

TEST(Rows, ASlowReadEndsWhenTheHostAsks) {
  sdk::PluginTest source(connhost_plugin_v1, R"({"rows":1000000,"rate":1})");
  source.host.cancel = true;
  EXPECT_EQ(source.Read(R"({"stream":"people","sync":"full"})").status, CONNHOST_CANCELLED);
}

TEST(Rows, ComeAtTheRateAsked) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(ReadAll(R"({"rows":20,"rate":100})").rows.size(), 20U);
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(100));
}

TEST(Catalog, ListsTheStreams) {
  sdk::PluginTest source(connhost_plugin_v1, R"({"streams":3,"shape":"orders"})");
  const Texts streams = source.Discover();
  ASSERT_EQ(streams.size(), 3U);
  EXPECT_NE(streams[0].find(R"("name":"orders")"), std::string::npos);
  EXPECT_NE(streams[2].find(R"("name":"orders_3")"), std::string::npos);
  EXPECT_NE(streams[2].find(R"("key":["id"],"cursor":"updated_at")"), std::string::npos);
}

TEST(Catalog, AnUnknownStreamIsRefused) {
  const sdk::ReadResult result = ReadAll(R"({"streams":2})", "", "cats");
  EXPECT_EQ(result.status, CONNHOST_CONFIG);
  EXPECT_EQ(result.sentence, "stream 'cats' is not among the 2 from 'people' to 'people_2'");
}

TEST(Settings, OutOfRangeAreRefused) {
  for (const char* config : {R"({"rows":-1})", R"({"streams":0})", R"({"batch_rows":8193})",
                             R"({"shape":"round"})", R"({"fault":"fire"})", R"({"fail_at":0})"}) {
    EXPECT_EQ(sdk::PluginTest(connhost_plugin_v1, config).created(), CONNHOST_CONFIG) << config;
  }
}

}  // namespace
}  // namespace connhost::faker
