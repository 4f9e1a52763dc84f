// The destination's files: what stands in them, and what a restart makes of them.
#include <gtest/gtest.h>

#include "tests/plugins/csv/destination_feed.h"

namespace connhost::csv {
namespace {

using sdk::Type;

TEST(DestinationTest, WritesEveryTypeAndReadsBack) {
  const CsvFolder folder;
  Feed feed(folder, "append");
  feed->Open({{"t", Type::kText},
              {"i", Type::kInt64},
              {"f", Type::kFloat64},
              {"b", Type::kBool},
              {"d", Type::kDate},
              {"ts", Type::kTimestamp},
              {"tz", Type::kTimestampUtc},
              {"dec", Type::kDecimal, true, 5, 2},
              {"bin", Type::kBinary},
              {"n", Type::kNumber},
              {"j", Type::kJson}});
  sdk::BatchWriter& rows = *feed->rows;
  rows[0].AppendText("say \"hi\",\nZoë");
  rows[1].AppendInt64(-7);
  rows[2].AppendFloat64(0.1);
  rows[3].AppendBool(true);
  rows[4].AppendDate(-719162);
  rows[5].AppendInt64(-1);
  rows[6].AppendInt64(1500000);
  rows[7].AppendDecimal(static_cast<uint64_t>(-5), -1);
  rows[8].AppendText("abcd");
  rows[9].AppendText("1.50");
  rows[10].AppendText("{\"a\":1}");
  rows.EndRow();
  for (size_t i = 0; i < 11; ++i) rows[i].AppendNull();
  rows.EndRow();
  ASSERT_EQ(feed->Commit(1, "{}", true), CONNHOST_OK) << feed.sentence();
  EXPECT_EQ(feed->receipt.records, 2U);
  EXPECT_EQ(folder.Read("s.csv"),
            "t,i,f,b,d,ts,tz,dec,bin,n,j\n"
            "\"say \"\"hi\"\",\nZoë\",-7,0.1,true,0001-01-01,1969-12-31T23:59:59.999999,"
            "1970-01-01T00:00:01.500000Z,-0.05,YWJjZA==,1.50,\"{\"\"a\"\":1}\"\n"
            ",,,,,,,,,,\n");
  EXPECT_EQ(feed->receipt.bytes, folder.Read("s.csv").size());
  sdk::PluginTest source(connhost_plugin_v1,
                         folder.Config("s.csv", R"(,"types":{"i":"int64","f":"float64","b":"bool",)"
                                                R"("d":"date","ts":"timestamp","tz":"timestamptz",)"
                                                R"("dec":"number","n":"number","j":"json"})"));
  const sdk::ReadResult back = source.Read(FullRead("s"));
  ASSERT_EQ(back.rows.size(), 2U);
  EXPECT_EQ(back.rows[0],
            "{\"t\":\"say \\\"hi\\\",\\u000aZoë\",\"i\":-7,\"f\":0.10000000000000001,\"b\":true,"
            "\"d\":-719162,\"ts\":-1,\"tz\":1500000,\"dec\":-0.05,\"bin\":\"YWJjZA==\",\"n\":1.50,"
            "\"j\":{\"a\":1}}");
}

TEST(DestinationTest, NullAndEmptyTextDiffer) {
  const CsvFolder folder;
  Feed feed(folder, "append", R"(,"delimiter":";","line_ending":"\r\n","header":false)");
  feed->Open({{"a"}, {"b"}});
  feed.Row({"", nullptr});
  feed.Row({"x;y", "a,b"});
  ASSERT_EQ(feed->Commit(1, "{}", true), CONNHOST_OK);
  EXPECT_EQ(folder.Read("s.csv"), "\"\";\r\n\"x;y\";a,b\r\n");
}

TEST(DestinationTest, UncommittedRowsAreCutOffAtRecovery) {
  const CsvFolder folder;
  {
    Feed feed(folder, "append");
    EXPECT_FALSE(feed->recovered.any);
    feed->Open({{"a"}});
    feed.Row({"1"});
    ASSERT_EQ(feed->Commit(3, R"({"at":"1"})", false), CONNHOST_OK);
    feed.Row({"2"});
    feed->rows->Flush();
  }
  folder.Append("s.csv", "torn ro");
  Feed feed(folder, "append");
  EXPECT_TRUE(feed->recovered.any);
  EXPECT_EQ(feed->recovered.sequence, 3U);
  EXPECT_EQ(feed->recovered.state, R"({"at":"1"})");
  EXPECT_EQ(folder.Read("s.csv"), "a\n1\n");
  feed->Open({{"a"}});
  feed.Row({"3"});
  ASSERT_EQ(feed->Commit(4, "{}", true), CONNHOST_OK);
  EXPECT_EQ(folder.Read("s.csv"), "a\n1\n3\n");
}

TEST(DestinationTest, ARepeatedSequenceReplacesItself) {
  const CsvFolder folder;
  for (int round = 0; round < 3; ++round) {
    Feed feed(folder, "append");
    feed->Open({{"a"}});
    feed->next_sequence = 1;
    feed.Row({"1"});
    ASSERT_EQ(feed->Commit(1, "{}", false), CONNHOST_OK);
    EXPECT_EQ(folder.Read("s.csv"), "a\n1\n");
  }
}

TEST(DestinationTest, OverwriteTakesEffectAtItsLastCommit) {
  const CsvFolder folder;
  {
    Feed feed(folder, "overwrite");
    feed->Open({{"a"}});
    feed.Row({"old"});
    ASSERT_EQ(feed->Commit(1, "{}", true), CONNHOST_OK);
  }
  {
    Feed feed(folder, "overwrite");
    feed->Open({{"b"}});
    feed.Row({"new 1"});
    ASSERT_EQ(feed->Commit(2, R"({"at":1})", false), CONNHOST_OK);
    EXPECT_EQ(folder.Read("s.csv"), "a\nold\n");
    feed.Row({"lost"});
  }
  Feed feed(folder, "overwrite");
  EXPECT_EQ(feed->recovered.sequence, 2U);
  EXPECT_EQ(feed->recovered.state, R"({"at":1})");
  feed->Open({{"b"}});
  feed.Row({"new 2"});
  ASSERT_EQ(feed->Commit(3, "{}", true), CONNHOST_OK);
  EXPECT_EQ(folder.Read("s.csv"), "b\nnew 1\nnew 2\n");
}

TEST(DestinationTest, AppendForgetsAnUnfinishedOverwrite) {
  const CsvFolder folder;
  {
    Feed feed(folder, "overwrite");
    feed->Open({{"a"}});
    feed.Row({"1"});
    ASSERT_EQ(feed->Commit(1, "{}", false), CONNHOST_OK);
  }
  Feed feed(folder, "append");
  EXPECT_FALSE(feed->recovered.any);
  feed->Open({{"a"}});
  feed.Row({"2"});
  ASSERT_EQ(feed->Commit(2, "{}", true), CONNHOST_OK);
  EXPECT_EQ(folder.Read("s.csv"), "a\n2\n");
}

TEST(DestinationTest, NewColumnsAreRefusedAndMissingOnesAreNull) {
  const CsvFolder folder;
  {
    Feed feed(folder, "append");
    feed->Open({{"a"}, {"b"}});
    feed.Row({"1", "2"});
    ASSERT_EQ(feed->Commit(1, "{}", true), CONNHOST_OK);
  }
  {
    Feed feed(folder, "append");
    feed->Open({{"b"}});
    feed.Row({"3"});
    ASSERT_EQ(feed->Commit(2, "{}", true), CONNHOST_OK);
    EXPECT_EQ(folder.Read("s.csv"), "a,b\n1,2\n,3\n");
  }
  Feed feed(folder, "append");
  EXPECT_THROW(feed->Open({{"a"}, {"c"}}), sdk::Cancelled);
  EXPECT_EQ(feed->status, CONNHOST_CONFIG);
  EXPECT_NE(feed.sentence().find("the column 'c' is new"), std::string::npos) << feed.sentence();
}

TEST(DestinationTest, ForeignFilesLocksAndModesAreRefused) {
  const CsvFolder folder;
  folder.Write("s.csv", "mine");
  Feed foreign(folder, "append");
  EXPECT_EQ(foreign->status, CONNHOST_CONFIG);
  EXPECT_EQ(folder.Read("s.csv"), "mine");
  Feed second(folder, "append");
  EXPECT_EQ(second->status, CONNHOST_TRANSIENT);
  EXPECT_NE(second.sentence().find("another run is writing"), std::string::npos);
  const CsvFolder other;
  EXPECT_EQ(Feed(other, "upsert")->status, CONNHOST_UNSUPPORTED);
  EXPECT_EQ(Feed(other, "append", "", "../x")->status, CONNHOST_CONFIG);
  EXPECT_EQ(Feed(other, "append", "", ".x")->status, CONNHOST_CONFIG);
}

TEST(DestinationTest, AShortenedFileIsRefused) {
  const CsvFolder folder;
  {
    Feed feed(folder, "append");
    feed->Open({{"a"}});
    feed.Row({"1"});
    ASSERT_EQ(feed->Commit(1, "{}", true), CONNHOST_OK);
  }
  folder.Write("s.csv", "a");
  Feed feed(folder, "append");
  EXPECT_EQ(feed->status, CONNHOST_CONFIG);
  EXPECT_NE(feed.sentence().find("is 1 bytes long, but 4 are committed"), std::string::npos)
      << feed.sentence();
}

// Every step of taking effect, as a crash leaves it.
TEST(DestinationTest, ACrashWhileTakingEffectIsCompleted) {
  for (int step = 0; step < 2; ++step) {
    const CsvFolder folder;
    folder.Write("s.csv", step == 0 ? "a\nold\n" : "b\nnew\n");
    if (step == 0) folder.Write(".s.csv.next", "b\nnew\n");
    folder.Write(
        ".s.csv.commit",
        R"({"sequence":1,"state":"1","bytes":6,"start":0,"columns":["a"],"complete":true})");
    folder.Write(
        ".s.csv.next.commit",
        R"({"sequence":2,"state":"2","bytes":6,"start":0,"columns":["b"],"complete":true})");
    Feed feed(folder, "overwrite");
    EXPECT_EQ(feed->recovered.sequence, 2U);
    EXPECT_EQ(feed->recovered.state, "2");
    EXPECT_EQ(folder.Read("s.csv"), "b\nnew\n");
    EXPECT_FALSE(std::filesystem::exists(folder.path(".s.csv.next")));
    EXPECT_FALSE(std::filesystem::exists(folder.path(".s.csv.next.commit")));
  }
}

}  // namespace
}  // namespace connhost::csv
