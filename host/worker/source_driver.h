// Drives a source: frames in, calls to the plugin, frames out.
#pragma once

#include <connhost/plugin.h>

#include "host/worker/call.h"

namespace connhost {

// Serves the host until it says CLOSE or is gone; then destroys the instance.
void DriveSource(const Guest& guest, const connhost_source& source, const connhost_host* host);

}  // namespace connhost
