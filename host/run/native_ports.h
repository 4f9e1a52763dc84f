// The TCP ports a guest with network connections of its own may connect to.
#pragma once

#include <cstdint>
#include <vector>

#include "base/json.h"
#include "manifests/manifest.h"

namespace connhost {

// The ports that the manifest's `network.native` finds in the configuration: the one its port field
// holds, or those of each server in its URL field, which may list several as in
// "postgresql://user@a:5432,b/database"; where none is said, the manifest's default. Throws
// Error{kConfig} when the field is missing or holds no port.
std::vector<uint16_t> NativePorts(const Manifest& manifest, const JsonValue& config);

}  // namespace connhost
