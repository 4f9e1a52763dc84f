// Overwriting: the old data stand until the new are whole.
#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

constexpr sdk::Mode kOverwrite = sdk::Mode::kOverwrite;

class OverwriteTest : public BronzeTest {
 protected:
  // A complete run with the ids.
  void Land(const std::string& run, int64_t first, int64_t last, uint64_t sequence,
            sdk::Mode mode = kOverwrite, FileSystem* files = nullptr) {
    Landing landing(Config(), mode == kOverwrite ? Anew(run) : Target(run), files);
    landing.WriteIds(first, last, sequence);
    landing.Commit(sequence, "\"" + run + "\"", true);
  }
  void ExpectOnly(const std::vector<std::string>& names) const {
    EXPECT_EQ(Names(Parent()), names);
  }
};

TEST_F(OverwriteTest, ReplacesWhatWasThereAtTheLastCommitOnly) {
  Land("run-1", 1, 5, 1);
  Landing landing(Config(), Anew("run-2"));
  EXPECT_EQ(landing.recovered().sequence, 1U);
  landing.WriteIds(10, 12, 2);
  landing.Commit(2, "2");
  EXPECT_EQ(Ids(Stream()), IdsFrom(1, 5));
  landing.WriteIds(13, 14, 3);
  landing.Commit(3, "3", true);
  EXPECT_EQ(Ids(Stream()), IdsFrom(10, 14));
  ExpectWhole(Stream());
  ExpectOnly({".orders.lock", "orders"});
}

TEST_F(OverwriteTest, AnEmptyOneEmptiesTheOutput) {
  Land("run-1", 1, 5, 1);
  Landing(Config(), Anew("run-2")).Commit(2, "{}", true);
  EXPECT_TRUE(Segments(Stream()).empty());
  ExpectWhole(Stream());
}

TEST_F(OverwriteTest, AnInterruptedOneGoesOn) {
  Land("run-1", 1, 5, 1);
  {
    Landing landing(Config(), Anew("run-2"));
    landing.WriteIds(10, 12, 2);
    landing.Commit(2, "\"here\"");
    landing.WriteIds(13, 20, 3);
  }
  Landing landing(Config(), Target("run-3", kOverwrite));
  EXPECT_EQ(landing.recovered().sequence, 2U);
  EXPECT_EQ(landing.recovered().state, "\"here\"");
  EXPECT_EQ(Ids(Stream()), IdsFrom(1, 5));
  landing.WriteIds(13, 14, 3);
  landing.Commit(3, "{}", true);
  EXPECT_EQ(Ids(Stream()), IdsFrom(10, 14));
  ExpectWhole(Stream());
}

TEST_F(OverwriteTest, ARestartDropsTheInterruptedOne) {
  Land("run-1", 1, 5, 1);
  {
    Landing landing(Config(), Anew("run-2"));
    landing.WriteIds(10, 12, 2);
    landing.Commit(2, "2");
  }
  Landing landing(Config(), Anew("run-3"));
  EXPECT_EQ(landing.recovered().sequence, 1U);
  landing.WriteIds(30, 31, 2);
  landing.Commit(2, "{}", true);
  EXPECT_EQ(Ids(Stream()), IdsFrom(30, 31));
  ExpectWhole(Stream());
}

// The host died before it heard that the overwrite took effect, and goes on from what recover says.
TEST_F(OverwriteTest, GoingOnAfterItTookEffectReplacesNothing) {
  Land("run-1", 1, 5, 1);
  for (const std::string run : {"run-1", "run-2"}) {
    Landing landing(Config(), Target(run, kOverwrite));
    EXPECT_EQ(landing.recovered().state, "\"run-1\"");
    landing.Commit(landing.recovered().sequence + 1, "\"run-1\"", true);
    EXPECT_EQ(Ids(Stream()), IdsFrom(1, 5));
    ExpectWhole(Stream());
  }
}

TEST_F(OverwriteTest, TheFirstOneNeedsNoRestart) {
  Landing landing(Config(), Target("run-1", kOverwrite));
  landing.WriteIds(1, 2, 1);
  EXPECT_FALSE(std::filesystem::exists(Stream()));
  landing.Commit(1, "{}", true);
  EXPECT_EQ(Ids(Stream()), IdsFrom(1, 2));
}

// As the host does it: first it asks, then it decides.
TEST_F(OverwriteTest, RecoverTwiceByOneInstance) {
  Land("run-1", 1, 5, 1);
  Landing landing(Config(), Target("run-2", kOverwrite));
  landing.Recover(Anew("run-2"));
  landing.WriteIds(6, 7, 2);
  landing.Commit(2, "{}", true);
  EXPECT_EQ(Ids(Stream()), IdsFrom(6, 7));
  ExpectWhole(Stream());
}

TEST_F(OverwriteTest, TheSameInstanceGoesOnAfterItTookEffect) {
  Land("run-1", 1, 5, 1);
  Landing landing(Config(), Anew("run-2"));
  landing.WriteIds(10, 12, 2);
  landing.Commit(2, "{}", true);
  landing.WriteIds(20, 21, 2);  // a repeat of the last commit
  landing.Commit(2, "{}", true);
  EXPECT_EQ(Ids(Stream()), IdsFrom(20, 21));
  ExpectWhole(Stream());
  ExpectOnly({".orders.lock", "orders"});
}

TEST_F(OverwriteTest, AppendAndOverwriteTakeTurns) {
  Land("run-1", 1, 5, 1, sdk::Mode::kAppend);
  Land("run-2", 6, 7, 2, sdk::Mode::kAppend);
  Land("run-3", 10, 11, 3);
  EXPECT_EQ(Ids(Stream()), IdsFrom(10, 11));
  Land("run-4", 12, 13, 4, sdk::Mode::kAppend);
  EXPECT_EQ(Ids(Stream()), IdsFrom(10, 13));
  {
    Landing landing(Config(), Anew("run-5"));
    landing.WriteIds(20, 21, 5);
    landing.Commit(5);
  }
  Land("run-6", 14, 15, 6, sdk::Mode::kAppend);  // drops the unfinished overwrite
  EXPECT_EQ(Ids(Stream()), IdsFrom(10, 15));
  ExpectOnly({".orders.lock", "orders"});
  ExpectWhole(Stream());
}

TEST_F(OverwriteTest, WorksWhereFoldersCannotBeExchanged) {
  WatchedFiles files;
  files.on_operation = [](int, const std::string& operation, const std::string&) {
    return operation == "exchange" ? EINVAL : 0;
  };
  Land("run-1", 1, 5, 1, kOverwrite, &files);
  Land("run-2", 6, 7, 2, kOverwrite, &files);
  EXPECT_EQ(Ids(Stream()), IdsFrom(6, 7));
  ExpectOnly({".orders.lock", "orders"});
}

}  // namespace
}  // namespace connhost::bronze
