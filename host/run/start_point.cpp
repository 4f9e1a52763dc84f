#include "host/run/start_point.h"

#include <algorithm>

#include "base/error.h"
#include "base/json.h"

namespace connhost {

std::string WrapState(const std::string& state, bool complete) {
  return std::string("{\"complete\":") + (complete ? "true" : "false") +
         ",\"state\":" + (state.empty() ? "null" : state) + "}";
}

DestinationCommit UnwrapCommit(const std::string& destination, uint64_t sequence,
                               std::string_view wrapped) {
  const Json document = ParseJson(wrapped, "the state kept by " + destination);
  const JsonValue* complete = FindMember(document, "complete");
  const JsonValue* state = FindMember(document, "state");
  if (complete == nullptr || !complete->IsBool() || state == nullptr) {
    throw Error(ErrorKind::kConfig,
                destination +
                    " answers with a state that connhost did not give it, so something else "
                    "changed its data: restore them, or move them away to start anew");
  }
  return {sequence, state->IsNull() ? "" : WriteJson(*state), complete->GetBool()};
}

StartPoint ChooseStart(const StreamTask& task, bool full, const std::optional<StreamState>& known,
                       const std::optional<DestinationCommit>& committed, bool remembers) {
  StartPoint start;
  const uint64_t known_sequence = known ? known->sequence : 0;
  const uint64_t committed_sequence = committed ? committed->sequence : 0;
  const bool by_person = known && known->run_id.empty();  // state clear, state rewind
  const bool behind = remembers && !by_person && committed_sequence < known_sequence;
  const bool replaces = task.mode == "overwrite";  // everything is read and written anyway
  if (behind && !replaces && !full) {
    throw Error(
        ErrorKind::kConfig,
        "stream '" + task.name + "': commit " + std::to_string(known_sequence) +
            " is on record, but the destination holds " +
            (committed ? "only commit " + std::to_string(committed_sequence) : "none") +
            ": its data were removed or its path changed; run with --full to read everything again "
            "into it");
  }
  start.sequence = std::max(known_sequence, committed_sequence);
  if (committed_sequence > known_sequence && !by_person) {
    start.adopt = true;
    start.state = committed->state;
    start.complete = committed->complete;
  } else if (known) {
    start.state = known->state;
    start.complete = known->complete;
  }
  const bool anew = full || behind || (!task.goes_on() && start.complete);
  if (anew) start.state.clear();
  start.restart = start.state.empty();
  return start;
}

}  // namespace connhost
