// What an index must keep to beyond its JSON Schema.
#pragma once

#include <vector>

#include "base/json.h"
#include "manifests/finding.h"

namespace connhost {

// Every fault: times that are none, versions that are none, a version or a file that stands twice
// (letter case aside), a file whose name is not that of the package it stands for.
// REQUIRES a document that its schema accepts.
std::vector<Finding> CheckIndexRules(const JsonValue& index);

}  // namespace connhost
