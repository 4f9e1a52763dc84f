// A destination behind its worker, driven call by call as a run does it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "host/conformance/check_context.h"
#include "host/wire/schema.h"

namespace connhost {

// What is written for a run of the kit: always stream `sample` of tenant `kit`, key `id`.
struct KitTarget {
  std::string mode;      // append, upsert, overwrite, history
  bool restart = false;  // as the host tells when a run starts at the beginning
  int run = 1;           // the number of the run, from 1
};

struct KitCommit {
  uint64_t sequence = 0;
  std::string state;
};

// One guest. What its calls throw: GuestFault, GuestError, Error{kCancelled} at the end of the
// check's time. One thread.
class DestinationGuest {
 public:
  // Starts the guest, creates the instance and authenticates.
  DestinationGuest(CheckContext& context, const Json& config);

  std::optional<KitCommit> Recover(const KitTarget& target);
  void Open(const Schema& schema);
  // Does not wait for the destination to have taken it.
  void Write(uint64_t sequence, const std::string& batch);
  // Waits until every batch was taken.
  void Flush();
  // Flushes and commits. Throws Broken when written and rejected records are not those that were
  // sent since the last commit.
  void Commit(uint64_t sequence, const std::string& state, bool last);
  // Flushes, sends the commit and kills the guest at once, whatever it has done of it by then.
  void CommitAndKill(uint64_t sequence, const std::string& state);

  uint64_t rejected() const { return all_rejected_; }
  WorkerSession& session() { return *session_; }

 private:
  void Take(const Frame& frame);

  std::unique_ptr<WorkerSession> session_;
  uint64_t sent_ = 0;  // records since the last commit
  uint64_t rejected_ = 0;
  uint64_t all_rejected_ = 0;
};

// The mode a destination is tried with where any would do: append, else the first that it has.
std::string UsualMode(const Manifest& manifest);

// Throws Skipped for a destination that keeps no commits, as a console does not.
void RequireCommits(const Manifest& manifest);

}  // namespace connhost
