// Drives a destination: frames in, calls to the plugin, frames out.
#pragma once

#include <connhost/plugin.h>

#include "host/worker/call.h"

namespace connhost {

// Serves the host until it says CLOSE or is gone; then destroys the instance. After a batch that
// failed, every further frame is ignored.
void DriveDestination(const Guest& guest, const connhost_destination& destination,
                      const connhost_host* host);

}  // namespace connhost
