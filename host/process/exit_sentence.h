// How a guest's end reads. Pure: from what is known to a sentence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace connhost {

// Why the guest is no more, as far as the host had a part in it.
enum class EndCause {
  kItself,        // it ended, or the kernel ended it
  kClosed,        // it closed its connection and lived on: killed
  kIdle,          // no sign of life: killed
  kBadFrame,      // a frame broke the rules: killed
  kOverstayed,    // asked to end, it did not: killed
  kKilledByHost,  // the host had no more use for it
};

struct EndFacts {
  std::string connector;
  std::string doing;  // "read"; "" between calls
  EndCause cause = EndCause::kItself;
  std::string detail;         // kBadFrame: the fault
  bool known = false;         // whether wait_status is
  int wait_status = 0;        // as of wait4
  bool torn = false;          // in the middle of a frame
  bool asked = false;         // CLOSE had been sent
  bool bad_alloc = false;     // it said std::bad_alloc
  double cpu_seconds = 0;     // used
  uint64_t memory_limit = 0;  // bytes in force, 0: none
  uint64_t cpu_limit = 0;     // seconds, 0: none
  uint64_t idle_seconds = 0;
  int64_t grace_millis = 0;
  std::vector<std::string> last_lines;
};

// Exit code 0 after CLOSE.
bool IsClean(const EndFacts& facts);

// "connector csv was killed by signal 11 (SIGSEGV) while it ran read; last lines: ..."
std::string ExitSentence(const EndFacts& facts);

}  // namespace connhost
