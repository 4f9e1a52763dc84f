// The process ends at every single file operation, in turn; the next one goes on. Afterwards
// exactly the records of the source are there, and nothing a reader had seen has changed.
#include <sys/wait.h>
#include <unistd.h>

#include "bronze_fixture.h"

namespace connhost::bronze {
namespace {

namespace fs = std::filesystem;

constexpr int kCrashed = 9;
constexpr int64_t kRecords = 40;
constexpr int64_t kOfCommit = 15;
constexpr char kBefore[] = "\"before\"";

struct Options {
  sdk::Mode mode = sdk::Mode::kAppend;
  bool exchange = true;  // the file system can
  bool same_run = false;
  std::string compression = "none";
};

class CrashTest : public BronzeTest {
 protected:
  // A source of the ids 1 to kRecords, read from where the state says to the end; what the host
  // does.
  void Read(const Options& options, const std::string& run, FileSystem* files) {
    Landing landing(Config(options.compression), Target(run, options.mode), files);
    const sdk::Committed last_commit = landing.recovered();
    int64_t next = 1;
    if (last_commit.any && last_commit.state != kBefore) {
      next = sdk::Json::Parse(last_commit.state, "the state").GetInt("next", 1);
    } else if (options.mode == sdk::Mode::kOverwrite) {
      landing.Recover(Anew(run));
    }
    uint64_t sequence = last_commit.sequence;
    do {
      const int64_t last = std::min(next + kOfCommit - 1, kRecords);
      ++sequence;
      if (next <= last) landing.WriteIds(next, last, sequence);
      next = last + 1;
      landing.Commit(sequence, "{\"next\":" + std::to_string(next) + "}", next > kRecords);
    } while (next <= kRecords);
  }

  // What an overwrite replaces, or an append adds to.
  void LandBefore(const Options& options) {
    Landing landing(Config(options.compression), Target("run-0", options.mode));
    landing.WriteIds(-5, -1, 1);
    landing.Commit(1, kBefore, true);
  }

  // Reads in a process that ends at operation `crash_at`; false when it came to its end before.
  bool ReadAndCrash(const Options& options, const std::string& run, int crash_at) {
    return ReadAndCrashWhen(
        options, run, [crash_at](int number, const std::string&) { return number == crash_at; });
  }
  // `crash` gets the number of the operation, and what it does to which file.
  bool ReadAndCrashWhen(const Options& options, const std::string& run,
                        const std::function<bool(int, const std::string&)>& crash) {
    const pid_t child = ::fork();
    if (child == 0) {
      WatchedFiles files;
      files.on_operation = [&](int number, const std::string& operation, const std::string& path) {
        if (crash(number, operation + " " + fs::path(path).filename().string())) {
          ::_exit(kCrashed);
        }
        return operation == "exchange" && !options.exchange ? ENOSYS : 0;
      };
      try {
        Read(options, run, &files);
      } catch (...) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_TRUE(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == kCrashed) << status;
    return WEXITSTATUS(status) == kCrashed;
  }

  // After a crash, before anything is mended.
  void ExpectReadable(const Options& options) {
    if (options.mode == sdk::Mode::kAppend) {
      ExpectPrefix();
      return;
    }
    if (!options.exchange && !fs::exists(Stream())) return;  // between the two renames
    const std::multiset<int64_t> ids = Ids(Stream());
    EXPECT_TRUE(ids == IdsFrom(-5, -1) || ids == IdsFrom(1, kRecords)) << ids.size();
  }
  void ExpectPrefix() {
    std::multiset<int64_t> ids = Ids(Stream());
    for (int64_t id = -5; id <= -1; ++id) EXPECT_EQ(ids.erase(id), 1U);
    EXPECT_EQ(ids, IdsFrom(1, static_cast<int64_t>(ids.size())));
  }

  void ExpectDone(const Options& options) {
    std::multiset<int64_t> expected = IdsFrom(1, kRecords);
    if (options.mode == sdk::Mode::kAppend) expected.merge(IdsFrom(-5, -1));
    EXPECT_EQ(Ids(Stream()), expected);
    ExpectWhole(Stream());
    EXPECT_EQ(Names(Parent()), (std::vector<std::string>{".orders.lock", "orders"}));
  }

  void CrashEverywhere(const Options& options) {
    int crash_at = 1;
    for (bool crashed = true; crashed; ++crash_at) {
      SCOPED_TRACE("crash at operation " + std::to_string(crash_at));
      fs::remove_all(root());
      LandBefore(options);
      crashed = ReadAndCrash(options, "run-1", crash_at);
      ExpectReadable(options);
      const auto seen = Segments(Stream());
      if (crashed) Read(options, options.same_run ? "run-1" : "run-2", nullptr);
      ExpectDone(options);
      if (options.mode == sdk::Mode::kAppend) ExpectUnchanged(seen);
      if (HasFailure()) return;
    }
    EXPECT_GT(crash_at, 30);
  }
  void ExpectUnchanged(const std::map<std::string, std::string>& seen) {
    const auto now = Segments(Stream());
    for (const auto& [name, content] : seen) {
      ASSERT_EQ(now.count(name), 1U) << name << " has gone";
      EXPECT_EQ(now.at(name), content) << name << " has changed";
    }
  }
};

TEST_F(CrashTest, Append) {
  CrashEverywhere({});
}

TEST_F(CrashTest, AppendBySameRun) {
  Options options;
  options.same_run = true;
  CrashEverywhere(options);
}

TEST_F(CrashTest, Overwrite) {
  Options options;
  options.mode = sdk::Mode::kOverwrite;
  CrashEverywhere(options);
}

TEST_F(CrashTest, OverwriteBySameRun) {
  Options options;
  options.mode = sdk::Mode::kOverwrite;
  options.same_run = true;
  CrashEverywhere(options);
}

TEST_F(CrashTest, OverwriteWithoutExchange) {
  Options options;
  options.mode = sdk::Mode::kOverwrite;
  options.exchange = false;
  CrashEverywhere(options);
}

// The run that mends crashes too, at each of its own operations.
TEST_F(CrashTest, TwiceInARow) {
  Options options;
  for (const sdk::Mode mode : {sdk::Mode::kAppend, sdk::Mode::kOverwrite}) {
    options.mode = mode;
    for (int first = 12; first < 80; first += 6) {
      for (int second = 1; second < 26; second += 4) {
        SCOPED_TRACE(std::to_string(first) + ", then " + std::to_string(second));
        fs::remove_all(root());
        LandBefore(options);
        ReadAndCrash(options, "run-1", first);
        ReadAndCrash(options, "run-2", second);
        ExpectReadable(options);
        Read(options, "run-3", nullptr);
        ExpectDone(options);
        if (HasFailure()) return;
      }
    }
  }
}

// The overwrite is finished, but its last segment still hidden: readers must not meet it that way.
TEST_F(CrashTest, WhileAFinishedOverwriteIsRolledForward) {
  const Options options{sdk::Mode::kOverwrite};
  for (int crash_at = 1; crash_at < 20; ++crash_at) {
    SCOPED_TRACE(crash_at);
    fs::remove_all(root());
    LandBefore(options);
    ASSERT_TRUE(ReadAndCrashWhen(options, "run-1", [](int, const std::string& step) {
      return step == "rename 000000000004.ndjson";
    }));
    ReadAndCrash(options, "run-2", crash_at);
    ExpectReadable(options);
    Read(options, "run-3", nullptr);
    ExpectDone(options);
  }
}

// While an unfinished overwrite is dropped: half of it must not be taken for one to go on with.
TEST_F(CrashTest, WhileARestartDropsAnOverwrite) {
  const Options options{sdk::Mode::kOverwrite};
  for (int crash_at = 1; crash_at < 20; ++crash_at) {
    SCOPED_TRACE(crash_at);
    fs::remove_all(root());
    LandBefore(options);
    {
      Landing landing(Config(), Anew("run-1"));
      for (uint64_t sequence = 2; sequence < 6; ++sequence) {
        const auto first = static_cast<int64_t>(sequence - 2) * 5 + 1;
        landing.WriteIds(first, first + 4, sequence);
        landing.Commit(sequence, "{\"next\":" + std::to_string(first + 5) + "}");
      }
    }
    const pid_t child = ::fork();
    if (child == 0) {
      WatchedFiles files;
      files.on_operation = [&](int number, const std::string&, const std::string&) {
        if (number == crash_at) ::_exit(kCrashed);
        return 0;
      };
      Landing landing(Config(), Anew("run-2"), &files);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    Read(options, "run-3", nullptr);
    ExpectDone(options);
  }
}

}  // namespace
}  // namespace connhost::bronze
