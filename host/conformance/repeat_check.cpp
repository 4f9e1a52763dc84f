// The same sequence again replaces what it was: nothing is doubled.
#include "host/conformance/destination_guest.h"
#include "host/conformance/sample_rows.h"
#include "host/conformance/visible_rows.h"

namespace connhost {
namespace {

constexpr uint32_t kRows = 100;
constexpr const char* kState = "{\"repeat\":true}";

void CommitOnce(CheckContext& context, const Json& config, SampleRows* rows, bool first) {
  DestinationGuest guest(context, config);
  guest.Recover({UsualMode(context.manifest()), first, 1});
  guest.Open(rows->schema());
  guest.Write(1, rows->Batch(0, kRows));
  guest.Commit(1, kState, false);
  guest.session().Kill();
}

CheckResult Run(CheckContext& context) {
  RequireCommits(context.manifest());
  const Json config = context.Config();
  const std::filesystem::path folder = context.written_folder();
  SampleRows rows(SampleRows::Width::kPlain, context.token());
  CommitOnce(context, config, &rows, true);
  const VisibleRows once = FindRows(folder, context.token());
  CommitOnce(context, config, &rows, false);
  const VisibleRows twice = FindRows(folder, context.token());
  DestinationGuest guest(context, config);
  const auto commit = guest.Recover({UsualMode(context.manifest()), false, 1});
  if (!commit || commit->sequence != 1) {
    throw Broken{"after the repeat of commit 1 recover tells " +
                 (commit ? "commit " + std::to_string(commit->sequence) : "no commit")};
  }
  if (once != twice) {
    size_t changed = 0;
    for (const auto& [row, count] : once) {
      const auto found = twice.find(row);
      changed += found == twice.end() || found->second != count ? 1 : 0;
    }
    throw Broken{"expected each of " + std::to_string(once.size()) +
                 " records as often after the repeat of commit 1 as before, found " +
                 std::to_string(changed) + " lost or doubled"};
  }
  return {Outcome::kPass,
          once.empty() ? "recover tells commit 1 after its repeat; the files do not show single "
                         "records"
                       : "commit 1 made twice: " + std::to_string(once.size()) +
                             " records, each as often as after the first time"};
}

}  // namespace

Check RepeatCheck() {
  return {"repeat",
          "A commit made again with the same sequence replaces the first: no record is doubled",
          false,
          true,
          1,
          Run};
}

}  // namespace connhost
