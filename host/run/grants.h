// What a configuration opens to a guest: the paths in the fields that the manifest names.
#pragma once

#include <filesystem>

#include "base/json.h"
#include "host/process/worker_session.h"
#include "host/run/home.h"
#include "manifests/manifest.h"

namespace connhost {

// Adds to `worker`, whose role is set, the paths it may read and write with `config` (absolute
// ones), the network and the console. Folders to be written are created. Throws Error{kPolicy} when
// a path would open connhost's own data in `home` to the guest.
void Grant(const Manifest& manifest, const JsonValue& config, const Home& home, WorkerSpec* worker);

// Rewrites the path fields of a configuration (those the manifest names) that are relative as
// absolute ones below `base`.
void MakePathsAbsolute(const Manifest& manifest, const std::filesystem::path& base, Json* config);

}  // namespace connhost
