// Kills the writer at random instants: what is recovered and continued is exactly what was sent.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <random>

#include "tests/plugins/csv/destination_feed.h"

namespace connhost::csv {
namespace {

constexpr uint64_t kCommits = 200;
constexpr int kRowsOfCommit = 20;

// Goes on from the last commit; the state is its number.
void WriteRest(const CsvFolder& folder, const std::string& mode) {
  Feed feed(folder, mode);
  if (feed->status != CONNHOST_OK) _exit(2);
  const uint64_t done = feed->recovered.any ? feed->recovered.sequence : 0;
  if (done == kCommits) _exit(0);
  feed->Open({{"n"}});
  for (uint64_t sequence = done + 1; sequence <= kCommits; ++sequence) {
    feed->next_sequence = sequence;
    for (int i = 0; i < kRowsOfCommit; ++i) {
      feed.Row({(std::to_string(sequence) + "/" + std::to_string(i)).c_str()});
    }
    if (feed->Commit(sequence, std::to_string(sequence), sequence == kCommits) != CONNHOST_OK) {
      _exit(3);
    }
  }
  _exit(0);
}

std::string Expected() {
  std::string text = "n\n";
  for (uint64_t sequence = 1; sequence <= kCommits; ++sequence) {
    for (int i = 0; i < kRowsOfCommit; ++i) {
      text += std::to_string(sequence) + "/" + std::to_string(i) + "\n";
    }
  }
  return text;
}

void KillAndResume(const std::string& mode, unsigned seed) {
  const CsvFolder folder;
  std::mt19937 random(seed);
  int kills = 0;
  while (true) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) WriteRest(folder, mode);
    // The delay only chooses where the kill hits; any value must give the same end.
    if (kills < 20) {
      usleep(static_cast<useconds_t>(random() % 20000));
      kill(child, SIGKILL);
      ++kills;
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) continue;
    ASSERT_TRUE(WIFEXITED(status));
    ASSERT_EQ(WEXITSTATUS(status), 0);
    break;
  }
  EXPECT_EQ(folder.Read("s.csv"), Expected());
}

TEST(DestinationCrashTest, AppendLosesAndDoublesNothing) {
  KillAndResume("append", 1);
}

TEST(DestinationCrashTest, OverwriteLosesAndDoublesNothing) {
  KillAndResume("overwrite", 2);
}

}  // namespace
}  // namespace connhost::csv
