#include "manifests/json_depth.h"

#include <utility>
#include <vector>

namespace connhost {

bool IsWithinDepth(const JsonValue& value, size_t deepest) {
  std::vector<std::pair<const JsonValue*, size_t>> open = {{&value, 0}};
  while (!open.empty()) {
    const auto [at, depth] = open.back();
    open.pop_back();
    if (depth > deepest) return false;
    if (at->IsArray()) {
      for (const JsonValue& element : at->GetArray()) open.emplace_back(&element, depth + 1);
    } else if (at->IsObject()) {
      for (const auto& member : at->GetObject()) open.emplace_back(&member.value, depth + 1);
    }
  }
  return true;
}

}  // namespace connhost
