// Two JSON documents, member by member.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace connhost {

// A place where two documents differ; compact JSON, nullopt where a side has nothing.
struct JsonDifference {
  std::string place;  // JSON pointer (RFC 6901), "" for the whole
  std::optional<std::string> before;
  std::optional<std::string> after;
};

// In the order of the documents. Objects are compared by member, everything else as a whole.
std::vector<JsonDifference> CompareJson(const JsonValue& before, const JsonValue& after);

}  // namespace connhost
