// A source behind its worker, driven call by call as a run does it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/conformance/check_context.h"
#include "host/conformance/read_record.h"
#include "host/run/catalog.h"

namespace connhost {

// One guest. What its calls throw: GuestFault, GuestError, Error{kCancelled} at the end of the
// check's time. One thread.
class SourceGuest {
 public:
  // Starts the guest, creates the instance and authenticates.
  SourceGuest(CheckContext& context, const Json& config);

  // The documents of the catalog as the source wrote them.
  std::vector<std::string> Discover();

  // Asked after each frame that `record` took in: false stops the read.
  using GoOn = std::function<bool(const ReadRecord& record)>;
  // Reads from `state`. A read that was stopped is told to end, and the record then says how long
  // that took; what it sent meanwhile is dropped. Throws Broken when frames break the rules of a
  // read.
  ReadRecord Read(const StreamTask& task, const std::string& state, bool keep_rows,
                  const GoOn& go_on = {});

  WorkerSession& session() { return *session_; }

 private:
  std::unique_ptr<WorkerSession> session_;
};

// The streams that discover finds, as tasks: each full, and incremental where it says it can. At
// most sixteen, chosen at random above that. Throws Skipped when there is none.
std::vector<StreamTask> TasksOf(CheckContext& context, const Json& config);

// "people" or "people, incremental", for sentences.
std::string TaskName(const StreamTask& task);

}  // namespace connhost
