// What a manifest must keep to beyond its JSON Schema: rules between fields.
#pragma once

#include <vector>

#include "base/json.h"
#include "manifests/finding.h"

namespace connhost {

// Every fault. Parts that the schema refuses anyway are passed over, so that this may run on any
// mapping and all faults are told at once.
std::vector<Finding> CheckManifestRules(const JsonValue& manifest);

}  // namespace connhost
