// What a version may do that another may not.
#pragma once

#include <string>
#include <vector>

#include "manifests/manifest.h"

namespace connhost {

// What `after` is granted and `before` was not, each as a sentence: hosts reached by HTTP, its own
// network connections, config fields whose paths are opened, secrets, the console, more memory.
std::vector<std::string> GrownPermissions(const Manifest& before, const Manifest& after);

}  // namespace connhost
