// A log whose disk is full: the run hears nothing of it, people do, and the file stays readable.
#include "host/run/run_log.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <fstream>

#include "base/json.h"

namespace connhost {
namespace {

constexpr int kNoEcho = 9;
constexpr int kEchoErrors = 3;

// Writes of this process end at so many bytes of a file, in the middle of a line if need be.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  FileSizeLimit(FileSizeLimit&&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

size_t WholeLines(const std::filesystem::path& path) {
  std::ifstream file(path);
  size_t lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    EXPECT_TRUE(ParseJson(line, "line").IsObject());
  }
  return lines;
}

TEST(RunLogFaults, AWriteThatStopsInTheMiddleLeavesWholeLines) {
  const TemporaryDirectory folder;
  {
    RunLog log(folder.path(), "run", kNoEcho);
    log.Write(1, "", "host", "the first line");
    {
      const FileSizeLimit limit(150);
      log.Write(1, "", "host", std::string(200, 'x'));
      EXPECT_EQ(WholeLines(RunLog::PathOf(folder.path(), "run")), 1U);
    }
    log.Write(1, "", "host", "the disk has room again");
  }
  const auto path = RunLog::PathOf(folder.path(), "run");
  EXPECT_EQ(WholeLines(path), 3U);
  EXPECT_NE(ReadFile(path).find("1 lines are missing: write " + path.string()), std::string::npos)
      << ReadFile(path);
}

TEST(RunLogFaults, AFullDiskIsSaidOnceAndLinesAreStillEchoed) {
  const TemporaryDirectory folder;
  std::filesystem::create_symlink("/dev/full", RunLog::PathOf(folder.path(), "run"));
  testing::internal::CaptureStderr();
  {
    RunLog log(folder.path(), "run", kEchoErrors);
    log.Write(3, "", "host", "one");
    log.Write(3, "", "host", "two");
  }
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("error host: one\n"), std::string::npos) << said;
  EXPECT_NE(said.find("error host: two\n"), std::string::npos) << said;
  const size_t first = said.find("the log of this run is not whole");
  ASSERT_NE(first, std::string::npos) << said;
  EXPECT_EQ(said.find("the log of this run", first + 1), std::string::npos) << said;
  EXPECT_NE(said.find("No space left on device; free some space"), std::string::npos) << said;
}

}  // namespace
}  // namespace connhost
