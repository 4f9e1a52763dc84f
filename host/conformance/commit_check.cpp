// What was committed is there after the process was killed, with its sequence and state.
#include "base/error.h"
#include "base/text.h"
#include "host/conformance/destination_guest.h"
#include "host/conformance/sample_rows.h"
#include "host/conformance/visible_rows.h"
#include "host/run/start_point.h"
#include "manifests/finding.h"

namespace connhost {
namespace {

constexpr uint32_t kRows = 50;

// As the host wraps them: small, with text that needs escapes, and as large as a state may be.
std::vector<std::string> States() {
  std::vector<std::string> states;
  for (const std::string& state :
       {std::string("{\"row\":50}"),
        std::string("{\"text\":\"Zoë \\\"quoted\\\" \\u0000 \\\\ ☃\"}"),
        "{\"large\":\"" + std::string((size_t{1} << 20) - 20, 'x') + "\"}", std::string()}) {
    states.push_back(WrapState(state, false));
  }
  return states;
}

bool SameDocument(const std::string& found, const std::string& expected) {
  if (found == expected) return true;
  try {
    return ParseJson(found, "the state") == ParseJson(expected, "the state");
  } catch (const Error&) {
    return false;
  }
}

void RequireCommit(const std::optional<KitCommit>& found, uint64_t sequence,
                   const std::string& state) {
  const std::string expected = "expected recover to tell commit " + std::to_string(sequence) +
                               " with the state " + ShownText(state) +
                               " after the process was killed, found ";
  if (!found) throw Broken{expected + "no commit"};
  if (found->sequence != sequence) {
    throw Broken{expected + "commit " + std::to_string(found->sequence)};
  }
  if (!SameDocument(found->state, state)) {
    throw Broken{expected + "the state " + ShownText(found->state)};
  }
}

// "" when every type was taken, else what the destination said.
std::string TryEveryType(CheckContext& context, const KitTarget& target) {
  const Json config = context.Config();
  DestinationGuest guest(context, config);
  SampleRows rows(SampleRows::Width::kFull, context.token());
  guest.Recover(target);
  try {
    guest.Open(rows.schema());
  } catch (const GuestError& error) {
    const bool proper =
        error.kind() == ErrorKind::kConfig || error.kind() == ErrorKind::kUnsupported;
    if (!proper) throw;
    return error.what();
  }
  guest.Write(1, rows.Batch(0, kRows));
  guest.Commit(1, "{}", true);
  return guest.rejected() == 0 ? "" : std::to_string(guest.rejected()) + " records were rejected";
}

CheckResult Run(CheckContext& context) {
  RequireCommits(context.manifest());
  const KitTarget target{UsualMode(context.manifest()), true, 1};
  const std::string types = TryEveryType(context, target);
  const Json config = context.Config();
  SampleRows rows(SampleRows::Width::kPlain, context.token());
  uint64_t sequence = 0;
  size_t commits = 0;
  for (const std::string& state : States()) {
    DestinationGuest guest(context, config);
    guest.Recover({target.mode, commits == 0, 1});
    guest.Open(rows.schema());
    const auto first = static_cast<int64_t>(commits * kRows);
    sequence += 1 + 3 * commits++;  // sequences grow, by more than one too
    guest.Write(sequence, rows.Batch(first, kRows));
    guest.Commit(sequence, state, false);
    guest.session().Kill();
    DestinationGuest next(context, config);
    RequireCommit(next.Recover({target.mode, false, 1}), sequence, state);
  }
  std::string sentence =
      std::to_string(commits) + " commits, each told by recover after a kill, states up to 1 MiB";
  if (types.empty()) return {Outcome::kPass, sentence + "; every type of column was written"};
  return {Outcome::kWarn, sentence + "; not every type of column: " + types};
}

}  // namespace

Check CommitCheck() {
  return {
      "commit",
      "Killed after a commit, the next process tells exactly its sequence and state by recover, "
      "and receipts count what was written",
      false,
      true,
      1,
      Run};
}

}  // namespace connhost
