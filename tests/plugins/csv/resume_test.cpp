// A read that is stopped anywhere and resumed from its last checkpoint gives what one go gives.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/plugins/csv/csv_folder.h"

namespace connhost::csv {
namespace {

struct Input {
  const char* name;
  std::vector<std::pair<std::string, std::string>> files;
  std::string request;
  const char* more;
};

std::string Plain(int from, int to) {
  std::string text = "id,v\n";
  for (int i = from; i <= to; ++i) text += std::to_string(i) + ",value " + std::to_string(i) + "\n";
  return text;
}

std::string Quoted() {
  std::string text =
      "\xEF\xBB\xBF"
      "id,v\r\n";
  for (int i = 1; i <= 12; ++i) {
    text += std::to_string(i) + ",\"a,\r\n\"\"" + std::to_string(i) + "\"\"\"\r\n";
    if (i % 4 == 0) text += "\r\nragged\r\n" + std::to_string(i) + ",st\"ray\r\n";
  }
  return text + "13,last";
}

std::vector<Input> Inputs() {
  return {{"plain", {{"t.csv", Plain(1, 15)}}, FullRead("t"), ""},
          {"quoted", {{"t.csv", Quoted()}}, FullRead("t"), ""},
          {"gzip", {{"t.csv.gz", Gzip(Plain(1, 9))}}, FullRead("t"), ""},
          {"zstd", {{"t.csv.zst", Zstd(Quoted())}}, FullRead("t"), ""},
          {"latin",
           {{"t.csv", "id,v\n1,\xE9\n2,\xE8\n3,x"}},
           FullRead("t"),
           R"(,"encoding":"latin-1")"},
          {"files",
           {{"a.csv", Plain(1, 4)}, {"b.csv", "id,w\n5,x\n6,y"}, {"c.csv.gz", Gzip(Plain(7, 9))}},
           FullRead("s"),
           R"(,"stream":"s")"},
          {"incremental",
           {{"a.csv", Plain(1, 4)}, {"b.csv", ""}, {"c.csv", Plain(7, 9)}},
           IncrementalRead("s"),
           R"(,"stream":"s")"},
          {"cursor",
           {{"a.csv", Plain(1, 4)}, {"b.csv", Plain(3, 6)}},
           IncrementalRead("s", R"(,"cursor":"id","since":"2")"),
           R"(,"stream":"s","types":{"id":"int64"})"}};
}

std::vector<std::string> Sorted(std::vector<std::string> all) {
  std::sort(all.begin(), all.end());
  return all;
}

// What counts after a stop: everything before the last checkpoint. Rejections are counted when they
// come, so those after it come twice and are compared as a set.
void StopEverywhere(const connhost_plugin& plugin, const Input& input) {
  const CsvFolder folder;
  for (const auto& [name, bytes] : input.files) folder.Write(name, bytes);
  const std::string config =
      folder.Config(input.files.size() > 1 ? "" : input.files[0].first, input.more);
  const sdk::ReadResult whole = sdk::PluginTest(plugin, config).Read(input.request);
  ASSERT_EQ(whole.status, CONNHOST_OK) << whole.sentence;
  ASSERT_GT(whole.rows.size(), 2U);
  const size_t calls = whole.batches + whole.states.size();
  for (size_t stop = 1; stop <= calls; ++stop) {
    const sdk::ReadResult first = sdk::PluginTest(plugin, config).Read(input.request, "", stop);
    ASSERT_EQ(first.status, CONNHOST_CANCELLED);
    const size_t kept = first.states.empty() ? 0 : first.rows_at_state.back();
    const std::string state = first.states.empty() ? "" : first.states.back();
    const sdk::ReadResult rest = sdk::PluginTest(plugin, config).Read(input.request, state);
    ASSERT_EQ(rest.status, CONNHOST_OK) << rest.sentence;
    std::vector<std::string> rows(first.rows.begin(), first.rows.begin() + static_cast<long>(kept));
    rows.insert(rows.end(), rest.rows.begin(), rest.rows.end());
    ASSERT_EQ(rows, whole.rows) << input.name << " stopped at " << stop;
    std::vector<std::string> bad;
    for (const auto* part : {&first, &rest}) {
      for (const sdk::Rejected& r : part->rejected) bad.push_back(r.reason);
    }
    std::vector<std::string> expected;
    for (const sdk::Rejected& r : whole.rejected) expected.push_back(r.reason);
    bad = Sorted(bad);
    bad.erase(std::unique(bad.begin(), bad.end()), bad.end());
    ASSERT_EQ(bad, Sorted(expected)) << input.name << " stopped at " << stop;
    EXPECT_EQ(rest.states.back(), whole.states.back());
  }
}

TEST(ResumeTest, StoppedAnywhereGivesTheSame) {
  for (const Input& input : Inputs()) {
    StopEverywhere(SteppedPlugin<1, 1>(), input);
    StopEverywhere(SteppedPlugin<7, 16, 20>(), input);
    StopEverywhere(SteppedPlugin<256, 64, 64>(), input);
  }
}

TEST(ResumeTest, BuffersDoNotMatter) {
  for (const Input& input : Inputs()) {
    const CsvFolder folder;
    for (const auto& [name, bytes] : input.files) folder.Write(name, bytes);
    const std::string config =
        folder.Config(input.files.size() > 1 ? "" : input.files[0].first, input.more);
    const auto all = [&](const connhost_plugin& plugin) {
      return Everything(sdk::PluginTest(plugin, config).Read(input.request));
    };
    const std::vector<std::string> expected = all(connhost_plugin_v1);
    EXPECT_EQ(all(SteppedPlugin<1, 1>()), expected) << input.name;
    EXPECT_EQ(all(SteppedPlugin<13, 5>()), expected) << input.name;
    EXPECT_EQ(all(SteppedPlugin<64, 64>()), expected) << input.name;
  }
}

TEST(ResumeTest, FullReadOfAReplacedFileStartsAgain) {
  const CsvFolder folder;
  folder.Write("t.csv", Plain(1, 9));
  const std::string config = folder.Config("t.csv");
  const auto plugin = SteppedPlugin<1, 1>();
  const sdk::ReadResult first = sdk::PluginTest(plugin, config).Read(FullRead("t"), "", 6);
  ASSERT_FALSE(first.states.empty());
  folder.Write("t.csv", Plain(5, 13));
  const sdk::ReadResult second =
      sdk::PluginTest(plugin, config).Read(FullRead("t"), first.states.back());
  EXPECT_EQ(second.status, CONNHOST_STALE_CURSOR);
  EXPECT_NE(second.sentence.find("'t.csv' was replaced while it was being read"),
            std::string::npos);
}

TEST(ResumeTest, ForeignStateIsStale) {
  for (const char* state :
       {"{}", "7", R"({"files":[["t.csv",1]]})", R"({"files":[[1,2,3,4,5,6,7]]})",
        R"({"files":[["t.csv",1,2,"zz",4,5,6]]})"}) {
    const CsvFolder folder;
    folder.Write("t.csv", "a,b\n1,2\n");
    sdk::PluginTest source(connhost_plugin_v1, folder.Config("t.csv"));
    EXPECT_EQ(source.Read(FullRead("t"), state).status, CONNHOST_STALE_CURSOR) << state;
  }
}

}  // namespace
}  // namespace connhost::csv
