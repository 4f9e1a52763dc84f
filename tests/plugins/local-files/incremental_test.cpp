// What changed since the last run, and every stop in between.
#include <gtest/gtest.h>

#include <set>

#include "tests/plugins/local-files/file_tree.h"

namespace connhost::local_files {
namespace {

using Texts = std::vector<std::string>;

class Incremental : public testing::Test {
 protected:
  // "upsert a", "delete b".
  Texts Run(const std::string& more = "") {
    result_ = ReadFiles(tree_.Config(more), state_, true);
    EXPECT_EQ(result_.status, CONNHOST_OK) << result_.sentence;
    if (!result_.states.empty()) state_ = result_.states.back();
    Texts changes = Members(result_, "_op");
    const Texts paths = Members(result_, "path");
    for (size_t i = 0; i < paths.size(); ++i) changes[i] += " " + paths[i];
    return changes;
  }
  FileTree tree_;
  std::string state_;
  sdk::ReadResult result_;
};

TEST_F(Incremental, TellsWhatIsNewChangedAndGone) {
  tree_.Write("a");
  tree_.Write("d/b");
  EXPECT_EQ(Run(), (Texts{"upsert a", "upsert d/b"}));
  EXPECT_EQ(Run(), Texts());
  tree_.Write("a", "longer");
  tree_.Write("c");
  std::filesystem::remove_all(tree_.path("d"));
  EXPECT_EQ(Run(), (Texts{"upsert a", "upsert c", "delete d/b"}));
  EXPECT_EQ(Run(), Texts());
}

TEST_F(Incremental, SeesAChangeThatKeepsTheSize) {
  tree_.Write("a", "1");
  Run();
  const auto later = std::filesystem::last_write_time(tree_.path("a")) + std::chrono::seconds(1);
  tree_.Write("a", "2");
  std::filesystem::last_write_time(tree_.path("a"), later);
  EXPECT_EQ(Run(), (Texts{"upsert a"}));
}

TEST_F(Incremental, DeletesNothingWhenAPartCannotBeRead) {
  tree_.Write("a");
  tree_.Write("b");
  Run();
  std::filesystem::remove(tree_.path("a"));
  tree_.Link("broken", "nowhere");
  EXPECT_EQ(Run(R"(,"follow_symlinks":true)"), Texts());
  EXPECT_EQ(result_.rejected.size(), 1U);
  std::filesystem::remove(tree_.path("broken"));
  EXPECT_EQ(Run(R"(,"follow_symlinks":true)"), (Texts{"delete a"}));
}

TEST_F(Incremental, TooManyFilesForAStateAreASentence) {
  std::string state = "{\"files\":[";
  for (int i = 0; i < 12000; ++i) {
    state += (i == 0 ? "\"" : ",\"") + std::to_string(i) + std::string(80, 'n') + "\",\"0\"";
  }
  tree_.Link("broken", "nowhere");  // so that they are not taken for deleted
  const sdk::ReadResult result =
      ReadFiles(tree_.Config(R"(,"follow_symlinks":true)"), state + "]}", true);
  EXPECT_EQ(result.status, CONNHOST_CONFIG);
  EXPECT_NE(result.sentence.find("larger than 1 MiB"), std::string::npos);
}

TEST_F(Incremental, AStateOfAnotherShapeIsStale) {
  for (const char* state :
       {R"({"files":["a"]})", R"({"files":7})", R"({"of":"another"})", "[]", "7"}) {
    EXPECT_EQ(ReadFiles(tree_.Config(), state, true).status, CONNHOST_STALE_CURSOR) << state;
  }
}

// Contents of 300 KiB: a batch and a checkpoint about every fourth file.
void CheckEveryStop(const FileTree& tree, const std::string& begin, bool incremental) {
  const sdk::ReadResult whole = ReadFiles(tree.Config(), begin, incremental);
  ASSERT_EQ(whole.status, CONNHOST_OK);
  ASSERT_GE(whole.states.size(), 3U);
  for (size_t stop = 1; stop <= whole.batches + whole.states.size(); ++stop) {
    const sdk::ReadResult part = ReadFiles(tree.Config(), begin, incremental, stop);
    const size_t kept = part.states.empty() ? 0 : part.rows_at_state.back();
    const sdk::ReadResult rest =
        ReadFiles(tree.Config(), part.states.empty() ? begin : part.states.back(), incremental);
    Texts rows(part.rows.begin(), part.rows.begin() + static_cast<std::ptrdiff_t>(kept));
    rows.insert(rows.end(), rest.rows.begin(), rest.rows.end());
    ASSERT_EQ(rows, whole.rows) << stop;
    ASSERT_EQ(rest.states.back(), whole.states.back());
  }
}

TEST_F(Incremental, StoppedAnywhereTheRestComesNext) {
  for (int i = 0; i < 12; ++i) {
    tree_.Write("d" + std::to_string(i % 3) + "/" + std::to_string(i), std::string(300 << 10, 'x'));
  }
  CheckEveryStop(tree_, "", false);
  CheckEveryStop(tree_, "", true);
  tree_.Write("gone");
  Run();
  std::filesystem::remove(tree_.path("gone"));
  for (int i = 0; i < 12; ++i) tree_.Write("e" + std::to_string(i), std::string(300 << 10, 'y'));
  CheckEveryStop(tree_, state_, true);
}

}  // namespace
}  // namespace connhost::local_files
