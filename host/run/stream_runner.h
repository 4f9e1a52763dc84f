// One stream of a run: attempts with back-off, each from where the last one committed.
#pragma once

#include "host/run/stream_attempt.h"

namespace connhost {

// Runs the stream to its end, or until it fails for good. Never throws for what a guest does:
// status and cause are in `figures`. A status that a person must act on (config, auth, unsupported,
// internal, policy) is not retried; TRANSIENT, crashes and THROTTLED are, with the delay doubling
// while no attempt commits anything; STALE_CURSOR is followed by one full read.
void RunStream(const RunContext& context, const StreamTask& task, StreamFigures* figures,
               StreamProgress* progress);

}  // namespace connhost
