// connector_run_state, as the other tables' methods write it.
#pragma once

#include "registry/records.h"
#include "registry/sqlite/database.h"

namespace connhost {

// Makes `state` current in place of `current` by hand: without a run, under the sequence that
// stands. Inside the caller's Transaction, which has made sure that no run is under way.
void ReplaceState(Database& database, const StreamState& current, StreamState state);

}  // namespace connhost
