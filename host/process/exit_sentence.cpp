#include "host/process/exit_sentence.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "base/text.h"

namespace connhost {
namespace {

constexpr size_t kLinesInSentence = 5;

std::string Running(const EndFacts& facts) {
  if (facts.doing.empty()) return " between calls";
  if (facts.doing == "loading") return " while it was loaded";
  return " while it ran " + facts.doing;
}

bool Signalled(const EndFacts& facts) {
  return facts.known && WIFSIGNALED(facts.wait_status);
}

bool ReachedCpuLimit(const EndFacts& facts) {
  if (!Signalled(facts) || facts.cpu_limit == 0) return false;
  const int signal = WTERMSIG(facts.wait_status);
  // A guest that ignores SIGXCPU is killed one second later.
  return signal == SIGXCPU ||
         (signal == SIGKILL && facts.cpu_seconds >= static_cast<double>(facts.cpu_limit));
}

std::string BySignal(const EndFacts& facts) {
  const int signal = WTERMSIG(facts.wait_status);
  const char* abbreviation = ::sigabbrev_np(signal);
  std::string sentence = "was killed by signal " + std::to_string(signal);
  if (abbreviation != nullptr) sentence += std::string(" (SIG") + abbreviation + ")";
  sentence += Running(facts);
  if (signal == SIGKILL) sentence += "; the kernel does so when the machine is out of memory";
  if (signal == SIGSYS) sentence += "; it made a system call that guests do not have";
  return sentence;
}

std::string ByExit(const EndFacts& facts) {
  if (!facts.known) return "ended" + Running(facts) + ", and its exit code was taken by another";
  const int code = WEXITSTATUS(facts.wait_status);
  std::string sentence = "ended itself with exit code " + std::to_string(code) + Running(facts);
  if (!facts.asked) sentence += "; a plugin returns from a call, it does not exit";
  return sentence;
}

std::string ByItself(const EndFacts& facts) {
  if (IsClean(facts)) return "ended";
  if (ReachedCpuLimit(facts)) {
    return "reached its CPU limit of " + std::to_string(facts.cpu_limit) + " s" + Running(facts) +
           "; raise limits.cpu in its manifest if the work is that large";
  }
  if (facts.bad_alloc && facts.memory_limit > 0) {
    return "ran into its memory limit of " + HumanBytes(facts.memory_limit) + Running(facts) +
           "; raise limits.memory in its manifest, or hold less at once";
  }
  return Signalled(facts) ? BySignal(facts) : ByExit(facts);
}

std::string Cause(const EndFacts& facts) {
  switch (facts.cause) {
    case EndCause::kClosed:
      return "closed its connection to the host" + Running(facts) + " and was killed";
    case EndCause::kIdle:
      return "gave no sign of life for " + std::to_string(facts.idle_seconds) + " s" +
             Running(facts) +
             " and was killed; a call that waits asks cancelled() now and then, or the manifest "
             "raises limits.idle_timeout";
    case EndCause::kBadFrame:
      return "left the protocol" + Running(facts) + " and was killed: " + facts.detail;
    case EndCause::kOverstayed:
      return "did not end within " + std::to_string(facts.grace_millis) + " ms of being asked to" +
             Running(facts) + " and was killed";
    case EndCause::kKilledByHost:
      return "was killed by the host" + Running(facts);
    case EndCause::kItself:
      break;
  }
  return ByItself(facts);
}

std::string LastLines(const EndFacts& facts) {
  std::string sentence;
  const size_t count = facts.last_lines.size();
  for (size_t i = count > kLinesInSentence ? count - kLinesInSentence : 0; i < count; ++i) {
    sentence += (sentence.empty() ? "; last lines: " : " | ") + facts.last_lines[i];
  }
  return sentence;
}

}  // namespace

bool IsClean(const EndFacts& facts) {
  return facts.cause == EndCause::kItself && facts.asked && facts.known && !facts.torn &&
         WIFEXITED(facts.wait_status) && WEXITSTATUS(facts.wait_status) == 0;
}

std::string ExitSentence(const EndFacts& facts) {
  std::string sentence = "connector " + facts.connector + " " + Cause(facts);
  if (facts.torn) sentence += ", in the middle of a frame (a torn frame)";
  return IsClean(facts) ? sentence : sentence + LastLines(facts);
}

}  // namespace connhost
