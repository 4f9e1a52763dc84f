// The config schema of a manifest: the rules it keeps, and what a configuration makes of it.
#pragma once

#include <vector>

#include "base/json.h"
#include "manifests/finding.h"

namespace connhost {

// Every fault of a manifest's `config`, with pointers from the manifest's root: what draft-07
// refuses, patterns that are not RE2, and defaults and examples that their own field refuses.
std::vector<Finding> CheckConfigSchema(const JsonValue& schema);

// A copy of the schema in which every mapping with `properties` that does not speak of
// additionalProperties forbids them: at the root and below `properties` and `items`. Mappings
// inside allOf, anyOf, oneOf, if and definitions stay open, because they only narrow others.
Json ClosedSchema(const JsonValue& schema);

}  // namespace connhost
