#include <algorithm>
#include <unordered_map>

#include "manifests/json_values.h"
#include "manifests/schema_checker.h"

namespace connhost {

void SchemaChecker::CheckList(const SchemaNode& node, const JsonValue& value,
                              const PointerStep* at) {
  CheckSize(node.elements, value.Size(), "element", at);
  CheckElements(node, value, at);
  if (node.unique && Charge(value.Size())) CheckUnique(value, at);
  if (node.contains == nullptr) return;
  const bool any = std::any_of(value.Begin(), value.End(), [&](const JsonValue& element) {
    return !spent_ && Accepts(*node.contains, element, at);
  });
  if (any) return;
  Fail(FaultKind::kOther, at,
       [] { return "expected an element that matches the schema of 'contains', found none"; });
}

void SchemaChecker::CheckElements(const SchemaNode& node, const JsonValue& value,
                                  const PointerStep* at) {
  for (rapidjson::SizeType i = 0; i < value.Size() && !Done(); ++i) {
    const bool listed = i < node.first_items.size();
    const SchemaNode* further = node.first_items.empty() ? node.every_item : node.further_items;
    const SchemaNode* schema = listed ? node.first_items[i] : further;
    if (schema == nullptr) continue;
    const PointerStep step = PointerStep::Index(at, i);
    Apply(*schema, value[i], &step);
  }
}

void SchemaChecker::CheckUnique(const JsonValue& value, const PointerStep* at) {
  std::unordered_multimap<size_t, rapidjson::SizeType> seen;
  for (rapidjson::SizeType i = 0; i < value.Size() && !Done(); ++i) {
    const size_t hash = JsonHash(value[i]);
    const auto [first, last] = seen.equal_range(hash);
    const auto twin = std::find_if(first, last, [&](const auto& earlier) {
      return Charge(1) && JsonEqual(value[earlier.second], value[i]);
    });
    if (twin == last) {
      seen.emplace(hash, i);
      continue;
    }
    const PointerStep step = PointerStep::Index(at, i);
    Fail(FaultKind::kOther, &step, [&] {
      return "expected every element once, found " + ShownValue(value[i]) + " again (first at [" +
             std::to_string(twin->second) + "])";
    });
  }
}

}  // namespace connhost
