// One promise of the plugin contract, and how a connector kept it. docs/verify.md lists them all.
#pragma once

#include <string>
#include <vector>

namespace connhost {

class CheckContext;

// In the order of gravity.
enum class Outcome {
  kPass,
  kSkip,     // could not be looked at; the sentence says why
  kWarn,     // keeps the contract, but somebody will be sorry
  kFail,     // a promise is broken
  kTimeout,  // the connector did not answer in time and was killed
  kCrash,    // the connector's process died
};

// "pass", "warn", "fail", "crash", "timeout", "skip".
const char* OutcomeName(Outcome outcome);

// True for fail, timeout and crash.
bool IsBad(Outcome outcome);

struct CheckResult {
  Outcome outcome = Outcome::kPass;
  std::string sentence;  // what was found
};

// Thrown by a check, at any depth, that cannot be made.
struct Skipped {
  std::string why;
};

// Thrown by a check, at any depth, that has found a broken promise.
struct Broken {
  std::string sentence;
};

// What `run` throws is an outcome too: Skipped, Broken, the GuestFault of a guest that died, the
// Error of one that refused, Error{kCancelled} when the time is up.
struct Check {
  const char* name;     // one word, stable
  const char* promise;  // what a connector that passes does
  // The roles it looks at, each by itself; neither: the package, once.
  bool source;
  bool destination;
  int patience;  // how many times the usual time it is given
  CheckResult (*run)(CheckContext& context);
};

// Every check, in the order in which they run: the first tell why the later ones fail.
const std::vector<Check>& AllChecks();

// One per file NAME_check.cpp.
Check PackageCheck();
Check LoadCheck();
Check ManifestCheck();
Check ConfigCheck();
Check LifecycleCheck();
Check DiscoverCheck();
Check BatchesCheck();
Check ResumeCheck();
Check CancelCheck();
Check BackpressureCheck();
Check StateCheck();
Check CommitCheck();
Check RecoverCheck();
Check RepeatCheck();
Check ModesCheck();
Check SecretsCheck();
Check MemoryCheck();

}  // namespace connhost
