#include "host/conformance/check.h"

namespace connhost {

const char* OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPass:
      return "pass";
    case Outcome::kSkip:
      return "skip";
    case Outcome::kWarn:
      return "warn";
    case Outcome::kFail:
      return "fail";
    case Outcome::kTimeout:
      return "timeout";
    case Outcome::kCrash:
      return "crash";
  }
  return "fail";
}

bool IsBad(Outcome outcome) {
  return outcome == Outcome::kFail || outcome == Outcome::kTimeout || outcome == Outcome::kCrash;
}

const std::vector<Check>& AllChecks() {
  static const std::vector<Check> checks = {
      PackageCheck(),  LoadCheck(),    ManifestCheck(), ConfigCheck(), LifecycleCheck(),
      DiscoverCheck(), BatchesCheck(), ResumeCheck(),   CancelCheck(), BackpressureCheck(),
      StateCheck(),    CommitCheck(),  RecoverCheck(),  RepeatCheck(), ModesCheck(),
      SecretsCheck(),  MemoryCheck()};
  return checks;
}

}  // namespace connhost
