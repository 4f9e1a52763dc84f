// Recover tells the truth: nothing that was not committed, whenever the process was killed.
#include "host/conformance/destination_guest.h"
#include "host/conformance/sample_rows.h"
#include "host/conformance/visible_rows.h"

namespace connhost {
namespace {

constexpr uint32_t kRows = 100;
constexpr const char* kFirst = "{\"commit\":1}";
constexpr const char* kSecond = "{\"commit\":2}";

std::string Told(const std::optional<KitCommit>& commit) {
  return commit ? "commit " + std::to_string(commit->sequence) + " with " + commit->state
                : "no commit";
}

class Trial {
 public:
  explicit Trial(CheckContext& context)
      : context_(context),
        mode_(UsualMode(context.manifest())),
        config_(context.Config()),
        folder_(context.written_folder()),
        rows_(SampleRows::Width::kPlain, context.token()) {}

  std::optional<KitCommit> Recovered() {
    DestinationGuest guest(context_, config_);
    return guest.Recover({mode_, false, 1});
  }

  // Writes a generation of records without a commit and dies.
  void DieUncommitted(int generation, bool restart) {
    DestinationGuest guest(context_, config_);
    Begin(guest, restart);
    guest.Write(sequence_ + 1, rows_.Batch(0, kRows, generation));
    guest.Flush();
    guest.session().Kill();
  }

  void Commit(int generation, const char* state, bool restart) {
    DestinationGuest guest(context_, config_);
    Begin(guest, restart);
    guest.Write(sequence_ + 1, rows_.Batch(0, kRows, generation));
    guest.Commit(++sequence_, state, false);
    guest.session().Close(std::chrono::seconds(1));
  }

  // Dies while it commits: either outcome is right, but it has to be a whole one.
  void DieCommitting(int generation) {
    DestinationGuest guest(context_, config_);
    Begin(guest, false);
    guest.Write(sequence_ + 1, rows_.Batch(0, kRows, generation));
    guest.CommitAndKill(sequence_ + 1, kSecond);
    const auto commit = Recovered();
    const bool before = commit && commit->sequence == sequence_ && commit->state == kFirst;
    const bool after = commit && commit->sequence == sequence_ + 1 && commit->state == kSecond;
    if (!before && !after) {
      throw Broken{"killed while it commits " + std::to_string(sequence_ + 1) +
                   ": expected recover to tell that commit or the one before, found " +
                   Told(commit)};
    }
    if (after) ++sequence_;
  }

  void Expect(const char* when, uint64_t sequence) {
    const auto commit = Recovered();
    if (commit ? commit->sequence == sequence : sequence == 0) return;
    throw Broken{std::string(when) + ": expected recover to tell " +
                 (sequence == 0 ? "no commit" : "commit " + std::to_string(sequence)) + ", found " +
                 Told(commit)};
  }

  // Records of a generation that was never committed are nowhere, where the kit can look.
  bool ExpectGone(int generation) {
    const VisibleRows seen = FindRows(folder_, context_.token());
    const size_t left = CountGeneration(seen, generation);
    if (left == 0) return !seen.empty();
    throw Broken{std::to_string(left) + " of " + std::to_string(kRows) +
                 " records that were never committed stand in the destination's files after the "
                 "next commit"};
  }

 private:
  void Begin(DestinationGuest& guest, bool restart) {
    guest.Recover({mode_, restart, 1});
    guest.Open(rows_.schema());
  }

  CheckContext& context_;
  std::string mode_;
  Json config_;
  std::filesystem::path folder_;
  SampleRows rows_;
  uint64_t sequence_ = 0;
};

CheckResult Run(CheckContext& context) {
  RequireCommits(context.manifest());
  Trial trial(context);
  trial.Expect("before anything was written", 0);
  trial.DieUncommitted(1, true);
  trial.Expect("killed before its first commit", 0);
  trial.Commit(2, kFirst, true);
  trial.DieUncommitted(3, false);
  trial.Expect("killed with records that were not committed", 1);
  trial.DieCommitting(4);
  trial.Commit(5, kFirst, false);
  const bool seen = trial.ExpectGone(1) && trial.ExpectGone(3);
  return {Outcome::kPass, std::string("killed before, between and during commits: recover tells "
                                      "whole commits alone") +
                              (seen ? ", and no uncommitted record is in the files"
                                    : "; the files do not show single records")};
}

}  // namespace

Check RecoverCheck() {
  return {"recover",
          "Killed before, between or during commits, recover tells the last whole commit, and "
          "records that were not committed are gone",
          false,
          true,
          1,
          Run};
}

}  // namespace connhost
