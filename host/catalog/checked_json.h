// JSON documents that are read by a schema and by rules of their own.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "manifests/finding.h"
#include "manifests/json_schema.h"

namespace connhost {

// Parses, checks against the schema, then, when that found nothing, by `rules`. Error{kConfig} with
// every fault, each with line and column; `what` names the document. A key that stands twice is a
// fault too.
Json ParseChecked(std::string_view text, const std::string& what, const JsonSchema& schema,
                  const std::function<std::vector<Finding>(const JsonValue&)>& rules);

}  // namespace connhost
