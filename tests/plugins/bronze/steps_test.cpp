// The order of the file operations, and what a reader sees between any two of them.
#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

namespace fs = std::filesystem;

class StepsTest : public BronzeTest {
 protected:
  StepsTest() : BronzeTest(Medium::kDisk) {}
};

TEST_F(StepsTest, EverythingIsDurableBeforeTheMarkerAndVisibleAfterIt) {
  WatchedFiles files;
  std::vector<std::string> steps;
  Landing landing(Config(), Target(), &files);
  files.on_operation = [&](int, const std::string& operation, const std::string& path) {
    steps.push_back(operation + " " + fs::path(path).filename().string());
    return 0;
  };
  landing.WriteIds(1, 3, 1);
  landing.Commit(1, "{}", true);
  EXPECT_EQ(steps, (std::vector<std::string>{
                       "create .000000000001.ndjson.open",
                       "write .000000000001.ndjson.open",
                       "truncate .000000000001.ndjson.open",
                       "sync .000000000001.ndjson.open",
                       "create .manifest-run-1.part",
                       "write .manifest-run-1.part",
                       "truncate .manifest-run-1.part",
                       "sync .manifest-run-1.part",
                       "create .commit.json.tmp",
                       "write .commit.json.tmp",
                       "sync .commit.json.tmp",
                       "sync orders",
                       "rename .commit.json",
                       "sync orders",
                       "rename 000000000001.ndjson",
                       "create .manifest-run-1.json.tmp",
                       "write .manifest-run-1.json.tmp",
                       "sync .manifest-run-1.json.tmp",
                       "sync orders",
                       "rename manifest-run-1.json",
                       "sync orders",
                   }));
}

// Segments of several blocks, so that the file grows while the reader looks.
TEST_F(StepsTest, AReaderSeesWholeLinesAndFilesThatStay) {
  WatchedFiles files;
  Landing landing(Config(), Target(), &files);
  std::map<std::string, uint64_t> seen;
  files.on_operation = [&](int, const std::string&, const std::string&) {
    for (const auto& [name, content] : Segments(Stream())) {
      EXPECT_EQ(content.back(), '\n');
      const auto [at, added] = seen.emplace(name, content.size());
      EXPECT_EQ(at->second, content.size()) << name << " has changed";
    }
    return 0;
  };
  for (uint64_t sequence = 1; sequence <= 3; ++sequence) {
    landing.WriteIds(1, 4000, sequence, 400);
    landing.Commit(sequence, "{}", sequence == 3);
  }
  EXPECT_EQ(seen.size(), 3U);
}

}  // namespace
}  // namespace connhost::bronze
