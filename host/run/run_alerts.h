// What a run leaves for a person's attention.
#pragma once

#include <vector>

#include "host/run/stream_figures.h"
#include "registry/registry.h"

namespace connhost {

// Files one alert for each stream that was given up, in place of the one an earlier run left, and
// closes those of streams that succeeded. A connection whose guest crashed until the attempts were
// used up is paused: to start it again and again would only hide the fault. So is one whose guest
// refused to load its library. Throws what the
// registry throws.
void FileAlerts(const ConnectorRun& run, const std::vector<StreamFigures>& streams,
                Registry* registry);

// Pauses a connection whose connector's package is missing or refused, and files an alert: nothing
// is erased, and it goes on once the package is installed again and a person resumes it. Throws
// what the registry throws.
void PauseForPackage(const ConnectionName& connection, const std::string& problem,
                     Registry* registry);

}  // namespace connhost
