// SIGINT and SIGTERM as a wish to stop.
#pragma once

#include "host/run/stop_signal.h"

namespace connhost {

// From now on both escalate `stop`, which outlives the program's work. Once a process.
void HandleSignals(StopSignal* stop);

}  // namespace connhost
