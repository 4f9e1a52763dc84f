// The memory of a guest does not grow with the number of records.
#include <algorithm>

#include "base/text.h"
#include "base/time.h"
#include "host/conformance/destination_guest.h"
#include "host/conformance/sample_rows.h"
#include "host/conformance/source_guest.h"

namespace connhost {
namespace {

constexpr uint64_t kLeastFactor = 5;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr uint64_t kMargin = uint64_t{48} << 20;  // a sanitizer keeps what was freed for a while
#else
constexpr uint64_t kMargin = uint64_t{8} << 20;
#endif
constexpr uint32_t kBatch = 1000;
constexpr int kBatches = 20;  // of the smaller write

struct Use {
  uint64_t records = 0;
  uint64_t bytes = 0;
  uint64_t peak = 0;
  int64_t millis = 0;
};

Use ReadAll(CheckContext& context, const Json& config) {
  Use use;
  const int64_t begin = SteadyMillis();
  for (const StreamTask& task : TasksOf(context, config)) {
    if (task.goes_on()) continue;
    SourceGuest guest(context, config);
    const ReadRecord read = guest.Read(task, "", false);
    use.records += read.records;
    use.bytes += read.bytes;
    use.peak = std::max(use.peak, guest.session().Close(std::chrono::seconds(2)).peak_memory_bytes);
  }
  use.millis = std::max<int64_t>(SteadyMillis() - begin, 1);
  return use;
}

Use WriteAll(CheckContext& context, int batches) {
  const Json config = context.Config();
  SampleRows rows(SampleRows::Width::kPlain, context.token());
  Use use;
  const int64_t begin = SteadyMillis();
  DestinationGuest guest(context, config);
  guest.Recover({UsualMode(context.manifest()), true, 1});
  guest.Open(rows.schema());
  for (int i = 0; i < batches; ++i) {
    const std::string batch = rows.Batch(int64_t{i} * kBatch, kBatch);
    guest.Write(1, batch);
    use.records += kBatch;
    use.bytes += batch.size();
  }
  guest.Commit(1, "{}", true);
  use.millis = std::max<int64_t>(SteadyMillis() - begin, 1);
  use.peak = guest.session().Close(std::chrono::seconds(2)).peak_memory_bytes;
  return use;
}

std::string Figures(const Use& use) {
  const auto millis = static_cast<uint64_t>(use.millis);
  return HumanBytes(use.peak) + " at " + WithThousands(use.records) + " records (" +
         WithThousands(use.records * 1000 / millis) + " records/s, " +
         HumanBytes(use.bytes * 1000 / millis) + "/s)";
}

CheckResult Compare(const Use& small, const Use& large) {
  const std::string sentence = "peak " + Figures(small) + ", " + Figures(large);
  if (large.records < kLeastFactor * small.records) {
    throw Skipped{sentence + "; --larger has to give ten times the records"};
  }
  const uint64_t allowed = small.peak + small.peak / 4 + kMargin;
  if (large.peak <= allowed) return {Outcome::kPass, sentence};
  throw Broken{"expected the memory to stay as it is when there are more records, found a " +
               sentence + "; hold one batch at a time"};
}

CheckResult Run(CheckContext& context) {
  if (context.role() == WorkerRole::kDestination) {
    return Compare(WriteAll(context, kBatches), WriteAll(context, 10 * kBatches));
  }
  const Use small = ReadAll(context, context.Config());
  if (!context.options().larger) {
    throw Skipped{"peak " + Figures(small) +
                  "; name with --larger a configuration that gives ten times the records, to see "
                  "whether it stays"};
  }
  return Compare(small, ReadAll(context, context.LargerConfig()));
}

}  // namespace

Check MemoryCheck() {
  return {"memory",
          "The peak of memory is the same for ten times the records; records and bytes per second "
          "are told",
          true,
          true,
          10,
          Run};
}

}  // namespace connhost
