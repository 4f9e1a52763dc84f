// A host that takes no more: the read ends, whenever that happens, and nothing is left hanging.
#include "base/error.h"
#include "host/conformance/process_figures.h"
#include "host/conformance/source_guest.h"

namespace connhost {
namespace {

constexpr size_t kPlaces = 12;
constexpr int64_t kMostMillis = 2000;

// How many batches, checkpoints and rejections have come.
size_t Taken(const ReadRecord& read) {
  return read.batches + read.checkpoints.size() + read.rejected;
}

// Behind the k-th thing that the source hands over, what follows is refused; the same process then
// reads from the start. Returns how many were taken.
size_t RefuseBehind(CheckContext& context, const Json& config, const StreamTask& task, size_t k) {
  SourceGuest guest(context, config);
  const uint64_t threads = FiguresOf(guest.session().pid()).threads;
  size_t taken = 0;
  const std::string where = TaskName(task) + ", refused behind hand-over " + std::to_string(k);
  const ReadRecord read = guest.Read(task, "", true, [&](const ReadRecord& record) {
    taken = Taken(record);
    return taken < k;
  });
  if (!read.stopped) return taken;
  if (read.cancel_millis > kMostMillis) {
    throw Broken{where + ": the read went on for " + std::to_string(read.cancel_millis) + " ms"};
  }
  const uint64_t left = FiguresOf(guest.session().pid()).threads;
  if (left > threads) {
    throw Broken{where + ": " + std::to_string(left - threads) + " threads were left running"};
  }
  guest.Read(task, "", false);
  const GuestExit exit = guest.session().Close(std::chrono::milliseconds(kMostMillis));
  if (!exit.clean) throw Broken{where + ": " + exit.sentence};
  return k;
}

CheckResult Run(CheckContext& context) {
  const Json config = context.Config();
  const StreamTask task = TasksOf(context, config).front();
  size_t k = 1;
  while (k <= kPlaces && RefuseBehind(context, config, task, k) >= k) ++k;
  if (k == 1) return {Outcome::kSkip, "the stream hands nothing over"};
  return {Outcome::kPass, "stopped behind each of the first " + std::to_string(k - 1) +
                              " hand-overs; each time the same process could read again"};
}

}  // namespace

Check BackpressureCheck() {
  return {"backpressure",
          "Refused behind any of its first hand-overs, a read ends as CANCELLED, leaves no thread "
          "behind, and the instance can read again",
          true,
          false,
          2,
          Run};
}

}  // namespace connhost
