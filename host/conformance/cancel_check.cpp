// Told to end in the middle of a read, a source ends.
#include "host/conformance/source_guest.h"

namespace connhost {
namespace {

constexpr int64_t kMostMillis = 2000;

CheckResult Run(CheckContext& context) {
  const Json config = context.Config();
  const StreamTask task = TasksOf(context, config).front();
  SourceGuest guest(context, config);
  const ReadRecord read =
      guest.Read(task, "", false, [](const ReadRecord& record) { return record.batches == 0; });
  if (!read.stopped) return {Outcome::kSkip, "the stream has no record to be cancelled behind"};
  if (read.cancel_millis > kMostMillis) {
    throw Broken{"expected the read to end within " + std::to_string(kMostMillis) +
                 " ms of being cancelled, found " + std::to_string(read.cancel_millis) +
                 " ms; return CANCELLED as soon as emit or checkpoint does"};
  }
  const GuestExit exit = guest.session().Close(std::chrono::milliseconds(kMostMillis));
  if (!exit.clean) throw Broken{"after a cancelled read: " + exit.sentence};
  const std::string took = std::to_string(read.cancel_millis) + " ms";
  if (!read.ended_cancelled) {
    return {Outcome::kPass, "the read was over before it could be cancelled (" + took + ")"};
  }
  return {Outcome::kPass, "ended " + took + " after being cancelled behind its first batch"};
}

}  // namespace

Check CancelCheck() {
  return {"cancel",
          "Cancelled behind its first batch, a read ends within two seconds, and the process ends "
          "by itself",
          true,
          false,
          1,
          Run};
}

}  // namespace connhost
