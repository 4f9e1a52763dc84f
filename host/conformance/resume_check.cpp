// Stopped behind any checkpoint and read on from its state, a stream gives what it gives in one go.
#include <algorithm>

#include "host/conformance/source_guest.h"
#include "manifests/finding.h"

namespace connhost {
namespace {

constexpr size_t kMostStops = 25;  // of a stream

bool SameSet(std::vector<RowDigest> a, std::vector<RowDigest> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

// "2 are missing and 1 comes twice".
std::string Difference(std::vector<RowDigest> whole, std::vector<RowDigest> parts) {
  std::sort(whole.begin(), whole.end());
  std::sort(parts.begin(), parts.end());
  std::vector<RowDigest> missing, extra;
  std::set_difference(whole.begin(), whole.end(), parts.begin(), parts.end(),
                      std::back_inserter(missing));
  std::set_difference(parts.begin(), parts.end(), whole.begin(), whole.end(),
                      std::back_inserter(extra));
  return std::to_string(missing.size()) + " of " + std::to_string(whole.size()) +
         " records are lost and " + std::to_string(extra.size()) + " doubled or new";
}

std::vector<size_t> ChooseStops(CheckContext& context, size_t checkpoints) {
  std::vector<size_t> stops(checkpoints);
  for (size_t i = 0; i < checkpoints; ++i) stops[i] = i;
  if (checkpoints <= kMostStops) return stops;
  // The first and the last are where most mistakes are.
  std::shuffle(stops.begin() + 1, stops.end() - 1, context.random());
  std::iter_swap(stops.begin() + 1, stops.end() - 1);
  stops.resize(kMostStops);
  return stops;
}

// True when the order was that of one go.
bool ResumeAt(CheckContext& context, const Json& config, const StreamTask& task,
              const ReadRecord& whole, size_t stop) {
  SourceGuest first(context, config);
  const ReadRecord begun = first.Read(
      task, "", true, [&](const ReadRecord& read) { return read.checkpoints.size() <= stop; });
  const std::string where = TaskName(task) + ": stopped behind checkpoint " +
                            std::to_string(stop + 1) + " of " +
                            std::to_string(whole.checkpoints.size());
  if (begun.checkpoints.size() <= stop) {
    throw Broken{where +
                 ": a second read has fewer checkpoints; the data changes, or the read "
                 "depends on more than configuration and state"};
  }
  const CheckpointMark& mark = begun.checkpoints[stop];
  std::vector<RowDigest> rows(begun.rows.begin(),
                              begun.rows.begin() + static_cast<ptrdiff_t>(mark.records));
  SourceGuest second(context, config);
  const ReadRecord rest = second.Read(task, mark.state, true);
  rows.insert(rows.end(), rest.rows.begin(), rest.rows.end());
  if (rows == whole.rows) return true;
  if (SameSet(rows, whole.rows)) return false;
  throw Broken{where + " and read on from its state " + ShownText(mark.state, 200) + ": " +
               Difference(whole.rows, rows)};
}

CheckResult Run(CheckContext& context) {
  const Json config = context.Config();
  size_t stops = 0, checkpoints = 0;
  bool ordered = true;
  for (const StreamTask& task : TasksOf(context, config)) {
    SourceGuest guest(context, config);
    const ReadRecord whole = guest.Read(task, "", true);
    checkpoints += whole.checkpoints.size();
    for (const size_t stop : ChooseStops(context, whole.checkpoints.size())) {
      ordered = ResumeAt(context, config, task, whole, stop) && ordered;
      ++stops;
    }
  }
  std::string sentence = "the same records as in one go, stopped at " + std::to_string(stops) +
                         " of " + std::to_string(checkpoints) + " checkpoints";
  if (stops < checkpoints) {
    sentence += " (chosen by --seed " + std::to_string(context.options().seed) + ")";
  }
  if (ordered) return {Outcome::kPass, sentence};
  return {Outcome::kWarn, sentence + ", but in another order"};
}

}  // namespace

Check ResumeCheck() {
  return {"resume",
          "Stopped behind any checkpoint and read on from its state in a new process, a stream "
          "gives exactly the records of one go: none lost, none doubled",
          true,
          false,
          4,
          Run};
}

}  // namespace connhost
