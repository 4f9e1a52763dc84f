// Every way of writing that the manifest promises.
#include "base/text.h"
#include "host/conformance/destination_guest.h"
#include "host/conformance/sample_rows.h"
#include "host/conformance/visible_rows.h"

namespace connhost {
namespace {

constexpr uint32_t kRows = 60;
constexpr int64_t kShift = 20;  // the second load starts here: some keys are known, some are new

struct Load {
  CheckContext& context;
  const Json& config;
  SampleRows& rows;
  std::string mode;

  void Run(int generation, bool commits) {
    DestinationGuest guest(context, config);
    const bool restart = mode == "overwrite" || generation == 1;
    guest.Recover({mode, restart, generation});
    guest.Open(rows.schema());
    const auto sequence = static_cast<uint64_t>(generation);
    guest.Write(sequence, rows.Batch(generation == 1 ? 0 : kShift, kRows, generation));
    guest.Flush();
    if (commits) {
      guest.Commit(sequence, "{}", true);
      guest.session().Close(std::chrono::seconds(1));
    }
  }
};

void Expect(const std::string& mode, const char* when, const VisibleRows& rows, int generation,
            size_t expected) {
  const size_t found = CountGeneration(rows, generation);
  if (found == expected) return;
  throw Broken{"mode " + mode + ", " + when + ": expected " + std::to_string(expected) +
               " records of load " + std::to_string(generation) + " to be there, found " +
               std::to_string(found)};
}

// True when the files show single records.
bool TryMode(CheckContext& context, const std::string& mode) {
  const Json config = context.Config();
  const std::filesystem::path folder = context.written_folder();
  SampleRows rows(SampleRows::Width::kPlain, context.token());
  Load load{context, config, rows, mode};
  load.Run(1, true);
  const VisibleRows first = FindRows(folder, context.token());
  if (mode == "overwrite") {
    load.Run(2, false);
    if (!first.empty()) {
      Expect(mode, "while the second load is under way", FindRows(folder, context.token()), 1,
             kRows);
    }
  }
  load.Run(2, true);
  if (first.empty()) return false;
  const VisibleRows both = FindRows(folder, context.token());
  const size_t kept = mode == "overwrite" ? 0 : mode == "upsert" ? size_t{kShift} : kRows;
  Expect(mode, "after the first load", first, 1, kRows);
  Expect(mode, "after the second load", both, 1, kept);
  Expect(mode, "after the second load", both, 2, kRows);
  return true;
}

CheckResult Run(CheckContext& context) {
  std::vector<std::string> tried;
  bool seen = true;
  for (const char* mode : {"append", "upsert", "overwrite", "history"}) {
    if (!context.manifest().HasCapability(mode)) continue;
    seen = TryMode(context, mode) && seen;
    tried.emplace_back(mode);
  }
  return {Outcome::kPass, "two loads with " + JoinWords(tried) +
                              (seen ? ": the records that should be there are"
                                    : "; the files do not show single records")};
}

}  // namespace

Check ModesCheck() {
  return {
      "modes",
      "Each mode of the manifest does as it is called: append and history keep, upsert replaces "
      "by key, overwrite replaces all, and only with its last commit",
      false,
      true,
      1,
      Run};
}

}  // namespace connhost
