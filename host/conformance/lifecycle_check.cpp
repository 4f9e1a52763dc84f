// Instances come and go without leaving anything behind.
#include "base/text.h"
#include "host/conformance/check_context.h"
#include "host/conformance/process_figures.h"

namespace connhost {
namespace {

constexpr int kWarmUp = 20;
constexpr int kTurns = 100;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr uint64_t kMargin = uint64_t{64} << 20;  // a sanitizer keeps what was freed for a while
#else
constexpr uint64_t kMargin = uint64_t{512} << 10;
#endif

CheckResult Run(CheckContext& context) {
  const Json config = context.Config();
  const std::string text = WriteJson(config);
  const auto guest = context.Start(context.Spec(config));
  guest->Call(FrameType::kCreate, 0, text);
  const auto turn = [&](int times) {
    for (int i = 0; i < times; ++i) guest->Call(FrameType::kCreate, 0, text, kFlagReplace);
    return FiguresOf(guest->pid());
  };
  const ProcessFigures before = turn(kWarmUp);
  const ProcessFigures after = turn(kTurns);
  const GuestExit exit = guest->Close(std::chrono::seconds(2));
  if (!exit.clean) throw Broken{"the last instance: " + exit.sentence};
  if (after.threads > before.threads) {
    throw Broken{"expected as many threads after " + std::to_string(kTurns) +
                 " instances as before (" + std::to_string(before.threads) + "), found " +
                 std::to_string(after.threads) + "; end them in destroy"};
  }
  const uint64_t grown =
      after.private_bytes > before.private_bytes ? after.private_bytes - before.private_bytes : 0;
  const std::string sentence = std::to_string(kTurns) +
                               " times create and destroy: memory grew by " + HumanBytes(grown) +
                               " (allowed: " + HumanBytes(kMargin) + ")";
  if (grown > kMargin) throw Broken{sentence + "; free in destroy what create took"};
  return {Outcome::kPass, sentence};
}

}  // namespace

Check LifecycleCheck() {
  return {"lifecycle",
          "A hundred instances, one after the other in one process, leave no memory and no thread "
          "behind",
          true,
          true,
          1,
          Run};
}

}  // namespace connhost
