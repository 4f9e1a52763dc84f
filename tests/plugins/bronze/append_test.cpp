// Appending: commits, runs, manifests, and what a reader may see.
#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

namespace fs = std::filesystem;

class AppendTest : public BronzeTest {};

TEST_F(AppendTest, EachCommitIsASegmentAndTheRunHasAManifest) {
  Landing landing(Config(), Target());
  EXPECT_FALSE(landing.recovered().any);
  landing.WriteIds(1, 3, 1);
  EXPECT_EQ(landing.Commit(1, R"({"at":3})").records, 3U);
  EXPECT_EQ(landing.Commit(2, R"({"at":3})").records, 0U);
  landing.WriteIds(4, 5, 3);
  landing.Commit(3, R"({"at":5})", true);
  EXPECT_EQ(Names(Stream()),
            (std::vector<std::string>{".commit.json", ".manifest-run-1.part", "000000000001.ndjson",
                                      "000000000003.ndjson", "manifest-run-1.json"}));
  EXPECT_EQ(Ids(Stream()), IdsFrom(1, 5));
  ExpectWhole(Stream());
  const sdk::Json manifest = ReadJson(Stream() / "manifest-run-1.json");
  EXPECT_TRUE(manifest.GetBool("complete", false));
  EXPECT_EQ(manifest.GetString("connector"), "csv@1.0.0");
  EXPECT_EQ(manifest.GetInt("records", 0), 5);
}

TEST_F(AppendTest, TheNextRunAddsToIt) {
  for (int run = 1; run <= 3; ++run) {
    Landing landing(Config(), Target("run-" + std::to_string(run)));
    const auto sequence = static_cast<uint64_t>(run);
    EXPECT_EQ(landing.recovered().sequence, sequence - 1);
    const int64_t first = int64_t{run} * 10;
    landing.WriteIds(first, first + 9, sequence);
    landing.Commit(sequence, std::to_string(run), true);
  }
  EXPECT_EQ(Ids(Stream()), IdsFrom(10, 39));
  ExpectWhole(Stream());
}

TEST_F(AppendTest, RecoverAnswersTheStateByteForByte) {
  const std::string state = R"({ "b" : 1.00, "a":["\u00e9", null ] ,"big":123456789012345678901})";
  Landing(Config(), Target()).Commit(7, state);
  const Landing next(Config(), Target("run-2"));
  EXPECT_TRUE(next.recovered().any);
  EXPECT_EQ(next.recovered().sequence, 7U);
  EXPECT_EQ(next.recovered().state, state);
}

TEST_F(AppendTest, AStateThatIsNoDocumentIsRefusedBeforeAnythingIsCommitted) {
  for (const std::string& state :
       {std::string("{"), std::string("1,\"sequence\":9"),
        std::string(sdk::kMaxJsonDepth + 1, '[') + std::string(sdk::kMaxJsonDepth + 1, ']')}) {
    Landing landing(Config(), Target());
    EXPECT_FALSE(landing.recovered().any);
    landing.WriteIds(1, 1, 1);
    EXPECT_THROW(landing.Commit(1, state), sdk::UnsupportedFailure);
  }
  EXPECT_TRUE(Segments(Stream()).empty());
}

TEST_F(AppendTest, WhatWasNotCommittedIsGoneAfterRecover) {
  {
    Landing landing(Config(), Target());
    landing.WriteIds(1, 3, 1);
    landing.Commit(1);
    landing.WriteIds(4, 9000, 2, 700);
  }
  Landing landing(Config(), Target());
  EXPECT_EQ(landing.recovered().sequence, 1U);
  landing.WriteIds(4, 5, 2);
  landing.Recover(Target());  // in the middle of a segment, by the same instance
  landing.WriteIds(6, 7, 2);
  landing.Commit(2, "{}", true);
  EXPECT_EQ(Ids(Stream()), (std::multiset<int64_t>{1, 2, 3, 6, 7}));
  ExpectWhole(Stream());
}

TEST_F(AppendTest, ARunThatEndedEarlyGetsAnIncompleteManifest) {
  {
    Landing landing(Config(), Target("run-1"));
    landing.WriteIds(1, 3, 1);
    landing.Commit(1);
  }
  Landing landing(Config(), Target("run-2"));
  const sdk::Json manifest = ReadJson(Stream() / "manifest-run-1.json");
  EXPECT_FALSE(manifest.GetBool("complete", true));
  EXPECT_EQ(manifest.GetInt("records", 0), 3);
  landing.WriteIds(4, 4, 2);
  landing.Commit(2, "{}", true);
  ExpectWhole(Stream());
}

TEST_F(AppendTest, ARunWithoutRecordsHasAManifestWithoutSegments) {
  Landing landing(Config(), Target());
  landing.Commit(1, "{}", true);
  EXPECT_TRUE(Segments(Stream()).empty());
  EXPECT_EQ(ReadJson(Stream() / "manifest-run-1.json").Find("segments")->items().size(), 0U);
}

TEST_F(AppendTest, AStreamThatNeverNamedColumnsMayHaveAKey) {
  sdk::StreamTarget target = Target();
  target.key = {"id"};
  Landing landing(Config(), target);
  landing.bronze().Open({});
  EXPECT_EQ(landing.Commit(1, "{}", true).records, 0U);
}

TEST_F(AppendTest, ASegmentOfRejectedRowsIsNone) {
  Table table({{"_op", sdk::Type::kText}, {"id", sdk::Type::kInt64}});
  table.column(0).AppendText("merge");
  table.column(1).AppendInt64(1);
  Landing landing(Config(), Target());
  landing.Write(table, 1);
  EXPECT_EQ(landing.Commit(1, "{}", true).records, 0U);
  EXPECT_TRUE(Segments(Stream()).empty());
  ExpectWhole(Stream());
}

TEST_F(AppendTest, AFileSomebodyElsePutThereIsNotReplaced) {
  {
    Landing landing(Config(), Target());
    landing.WriteIds(1, 1, 1);
    WriteFileAtomic(Stream() / "000000000001.ndjson", "");
    EXPECT_THROW(landing.Commit(1), sdk::ConfigFailure);
  }
  EXPECT_EQ(fs::file_size(Stream() / "000000000001.ndjson"), 0U);
  fs::remove(Stream() / "000000000001.ndjson");
  Landing next(Config(), Target());
  EXPECT_FALSE(next.recovered().any);
}

TEST_F(AppendTest, ADamagedMarkerIsRefusedWithItsPath) {
  { Landing(Config(), Target()).Commit(1); }
  for (const char* content :
       {"", "{", "{}", R"({"format":2})", R"({"format":1,"generation":-1})"}) {
    WriteFileAtomic(Stream() / ".commit.json", content);
    try {
      Landing landing(Config(), Target());
      FAIL() << "accepted: " << content;
    } catch (const sdk::ConfigFailure& failure) {
      EXPECT_NE(std::string(failure.what()).find(".commit.json"), std::string::npos);
    }
  }
}

TEST_F(AppendTest, APartThatWasCutIsRefused) {
  {
    Landing landing(Config(), Target());
    landing.WriteIds(1, 1, 1);
    landing.Commit(1);
  }
  fs::resize_file(Stream() / ".manifest-run-1.part", 10);
  EXPECT_THROW(Landing(Config(), Target()), sdk::ConfigFailure);
  fs::remove(Stream() / ".manifest-run-1.part");
  EXPECT_EQ(Landing(Config(), Target()).recovered().sequence, 1U);
}

TEST_F(AppendTest, CallsOutOfOrderAreRefused) {
  Landing landing(Config(), Target());
  landing.WriteIds(1, 1, 5);
  EXPECT_THROW(landing.WriteIds(2, 2, 6), sdk::Failure);
  EXPECT_THROW(landing.Commit(5), sdk::Failure);  // after a failure only recover
  landing.Recover(Target());
  landing.WriteIds(1, 1, 5);
  EXPECT_THROW(landing.Commit(6), sdk::Failure);
  landing.Recover(Target());
  landing.Commit(6);
  EXPECT_THROW(landing.WriteIds(1, 1, 4), sdk::UnsupportedFailure);
}

TEST_F(AppendTest, OtherModesAndSettingsAreRefused) {
  EXPECT_THROW(Landing(Config(), Target("r", sdk::Mode::kUpsert)), sdk::UnsupportedFailure);
  EXPECT_THROW(Landing(Config(), Target("r", sdk::Mode::kHistory)), sdk::UnsupportedFailure);
  EXPECT_THROW(Landing(Config("gzip"), Target()), sdk::ConfigFailure);
  EXPECT_THROW(Landing("{}", Target()), sdk::ConfigFailure);
}

TEST_F(AppendTest, AuthenticateMakesTheFolderOrSaysWhyNot) {
  Landing landing(Config(), Target());
  landing.bronze().Authenticate();
  EXPECT_EQ(Names(root()), std::vector<std::string>{"acme"});
  WriteFileAtomic(root() / "file", "");
  sdk::Json config = sdk::Json::Object();
  config.Set("path", sdk::Json::String((root() / "file").string()));
  BronzeDestination wrong(config, sdk::Host(landing.host.table()));
  EXPECT_THROW(wrong.Authenticate(), sdk::ConfigFailure);
}

// Through the exported table, as the host calls it.
extern "C" const connhost_plugin connhost_plugin_v1;
TEST_F(AppendTest, WorksThroughTheExportedTable) {
  sdk::PluginTest bronze(connhost_plugin_v1, Config());
  ASSERT_EQ(bronze.created(), CONNHOST_OK);
  EXPECT_EQ(bronze.Authenticate(), CONNHOST_OK);
  sdk::DestinationFeed feed(
      connhost_plugin_v1, bronze,
      R"({"tenant":"acme","connection":"orders","stream":"orders",)"
      R"("connector":"csv@1.0.0","run_id":"r","mode":"append","key":["id"]})");
  feed.Open({{"id", sdk::Type::kInt64}});
  (*feed.rows)[0].AppendInt64(1);
  feed.rows->EndRow();
  EXPECT_EQ(feed.Commit(1, "{}", true), CONNHOST_OK);
  EXPECT_EQ(feed.receipt.records, 1U);
  EXPECT_EQ(Ids(Stream()), IdsFrom(1, 1));
}

}  // namespace
}  // namespace connhost::bronze
