// Names from outside (tenants, connections, streams, runs) as names of files and folders.
#pragma once

#include <string>
#include <string_view>

namespace connhost::bronze {

// The rule is in docs/formats/bronze.md, "Names": no two names share a result, which has at most
// 200 bytes of [A-Za-z0-9._%~-], is never empty, and never begins with a dot.
std::string SafeName(std::string_view name);

}  // namespace connhost::bronze
