// What a run leaves for a person's attention.
#pragma once

#include <vector>

#include "host/run/stream_figures.h"
#include "registry/registry.h"

namespace connhost {

// Files one alert for each stream that was given up, in place of the one an earlier run left, and
// closes those of streams that succeeded. A connection whose guest crashed until the attempts were
// used up is paused: to start it again and again would only hide the fault. Throws what the
// registry throws.
void FileAlerts(const ConnectorRun& run, const std::vector<StreamFigures>& streams,
                Registry* registry);

}  // namespace connhost
