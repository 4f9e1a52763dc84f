// Stopped at any call and resumed from the last checkpoint, a read gives the same records.
#include <gtest/gtest.h>

#include "tests/plugins/ndjson/input_folder.h"

namespace connhost::ndjson {
namespace {

using Texts = std::vector<std::string>;

std::string Lines(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) {
    text += "{\"id\":" + std::to_string(i) + ",\"at\":" + std::to_string(i / 3) + "}\n";
    if (i % 9001 == 0) text += "\nbroken\n";
  }
  return text;
}

std::string ArrayOf(int from, int to) {
  std::string text = "[";
  for (int i = from; i < to; ++i)
    text += (i == from ? "{\"id\":" : ",\n{\"id\":") + std::to_string(i) + ",\"at\":1}";
  return text + "]";
}

// Stops at each call in turn; checks records, their order and their positions.
void CheckEveryStop(const std::string& config, const std::string& request, size_t least_stops) {
  const sdk::ReadResult whole = ReadAll(config, request);
  ASSERT_EQ(whole.status, CONNHOST_OK) << whole.sentence;
  const size_t calls = whole.batches + whole.states.size();
  ASSERT_GE(calls, least_stops);
  for (size_t stop = 1; stop <= calls; ++stop) {
    sdk::PluginTest source(connhost_plugin_v1, config);
    const sdk::ReadResult part = source.Read(request, "", stop);
    ASSERT_EQ(part.status, CONNHOST_CANCELLED) << stop;
    const size_t kept = part.states.empty() ? 0 : part.rows_at_state.back();
    const sdk::ReadResult rest =
        ReadAll(config, request, part.states.empty() ? "" : part.states.back());
    ASSERT_EQ(rest.status, CONNHOST_OK) << rest.sentence;
    ASSERT_EQ(kept + rest.rows.size(), whole.rows.size()) << stop;
    ASSERT_TRUE(std::equal(rest.rows.begin(), rest.rows.end(),
                           whole.rows.begin() + static_cast<std::ptrdiff_t>(kept)));
    ASSERT_TRUE(std::equal(rest.positions.begin(), rest.positions.end(),
                           whole.positions.begin() + static_cast<std::ptrdiff_t>(kept)));
    ASSERT_EQ(rest.states.back(), whole.states.back());
  }
}

class Resume : public testing::Test {
 protected:
  Resume() {
    folder_.Write("a.ndjson", Lines(0, 9000));
    folder_.Write("b.ndjson.gz", Gzip(Lines(20000, 29000)));
    folder_.Write("c.json", ArrayOf(40000, 49000));
    folder_.Write("d.ndjson.zst", Zstd(Lines(60000, 61000)));
    folder_.Write("e.ndjson", Lines(61000, 62000) + "{\"id\":0,\"at\":99}");
  }
  std::string Config() const { return folder_.Config("", R"(,"stream":"s")"); }
  InputFolder folder_;
};

TEST_F(Resume, AFullRead) {
  CheckEveryStop(Config(), Request("s"), 8);
}

TEST_F(Resume, AnIncrementalReadByFiles) {
  CheckEveryStop(Config(), Request("s", "", "incremental"), 8);
}

TEST_F(Resume, AnIncrementalReadByCursor) {
  CheckEveryStop(Config(), Request("s", R"(,"key":["id"],"cursor":"at")", "incremental"), 8);
}

TEST_F(Resume, AFileReplacedMeanwhileMakesAFullReadStale) {
  sdk::PluginTest source(connhost_plugin_v1, Config());
  const sdk::ReadResult part = source.Read(Request("s"), "", 4);
  ASSERT_EQ(part.states.size(), 1U);
  folder_.Write("a.ndjson", "{\"other\":1}\n");
  const sdk::ReadResult rest = source.Read(Request("s"), part.states.back());
  EXPECT_EQ(rest.status, CONNHOST_STALE_CURSOR);
  EXPECT_NE(rest.sentence.find("was replaced while its read was interrupted"), std::string::npos);
}

TEST_F(Resume, AFileThatGrewMeanwhileIsReadToItsNewEnd) {
  sdk::PluginTest source(connhost_plugin_v1, Config());
  const sdk::ReadResult part = source.Read(Request("s"), "", 4);
  ASSERT_EQ(part.states.size(), 1U);
  const size_t before = ReadAll(Config(), Request("s")).rows.size();
  folder_.Append("a.ndjson", "{\"new\":1}\n");
  const sdk::ReadResult rest = source.Read(Request("s"), part.states.back());
  EXPECT_EQ(part.rows_at_state.back() + rest.rows.size(), before + 1);
}

}  // namespace
}  // namespace connhost::ndjson
