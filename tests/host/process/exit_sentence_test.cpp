// How ends read, for those that no test can bring about at will.
#include "host/process/exit_sentence.h"

#include <gtest/gtest.h>
#include <signal.h>

namespace connhost {
namespace {

// As wait4 packs them.
constexpr int Exited(int code) {
  return code << 8;
}

EndFacts Facts(int wait_status) {
  EndFacts facts;
  facts.connector = "csv";
  facts.doing = "read";
  facts.known = true;
  facts.wait_status = wait_status;
  return facts;
}

void ExpectSaid(const EndFacts& facts, const std::string& part) {
  EXPECT_NE(ExitSentence(facts).find(part), std::string::npos) << ExitSentence(facts);
}

TEST(ExitSentence, KernelKillsOfItsOwnAccord) {
  ExpectSaid(Facts(SIGKILL), "connector csv was killed by signal 9 (SIGKILL) while it ran read");
  ExpectSaid(Facts(SIGKILL), "out of memory");
  ExpectSaid(Facts(SIGSYS), "a system call that guests do not have");
}

TEST(ExitSentence, GuestThatIgnoresTheCpuSignal) {
  EndFacts facts = Facts(SIGKILL);
  facts.cpu_limit = 2;
  facts.cpu_seconds = 2.9;
  ExpectSaid(facts, "reached its CPU limit of 2 s");
  facts.cpu_seconds = 0.5;
  ExpectSaid(facts, "signal 9");
}

TEST(ExitSentence, BadAllocIsTheLimitOnlyWhereThereIsOne) {
  EndFacts facts = Facts(SIGABRT);
  facts.bad_alloc = true;
  ExpectSaid(facts, "signal 6 (SIGABRT)");
  facts.memory_limit = uint64_t{512} << 20;
  ExpectSaid(facts, "ran into its memory limit of 512");
}

TEST(ExitSentence, OnlyExitZeroAfterCloseIsClean) {
  EndFacts facts = Facts(Exited(0));
  EXPECT_FALSE(IsClean(facts));
  facts.asked = true;
  EXPECT_TRUE(IsClean(facts));
  EXPECT_EQ(ExitSentence(facts), "connector csv ended");
  facts.wait_status = Exited(1);
  EXPECT_FALSE(IsClean(facts));
  facts.wait_status = SIGSEGV;
  EXPECT_FALSE(IsClean(facts));
  facts.wait_status = Exited(0);
  facts.known = false;
  EXPECT_FALSE(IsClean(facts));
}

TEST(ExitSentence, NamesTheLastFiveLines) {
  EndFacts facts = Facts(SIGSEGV);
  facts.last_lines = {"1", "2", "3", "4", "5", "6"};
  ExpectSaid(facts, "; last lines: 2 | 3 | 4 | 5 | 6");
}

TEST(ExitSentence, BetweenCalls) {
  EndFacts facts = Facts(Exited(3));
  facts.doing.clear();
  ExpectSaid(facts, "exit code 3 between calls");
}

}  // namespace
}  // namespace connhost
