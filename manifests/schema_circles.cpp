// References that lead back to where they started without going into the value: no check of such
// a schema would end.
#include <unordered_map>
#include <vector>

#include "manifests/schema_compiler.h"

namespace connhost {
namespace {

// The schemas that are applied to the same value as `node`.
std::vector<const SchemaNode*> AppliedInPlace(const SchemaNode& node) {
  if (node.ref != nullptr) return {node.ref};
  std::vector<const SchemaNode*> applied = node.all_of;
  applied.insert(applied.end(), node.any_of.begin(), node.any_of.end());
  applied.insert(applied.end(), node.one_of.begin(), node.one_of.end());
  for (const SchemaNode* one : {node.negated, node.condition, node.consequence, node.alternative}) {
    if (one != nullptr) applied.push_back(one);
  }
  for (const SchemaDependency& dependency : node.dependencies) {
    if (dependency.schema != nullptr) applied.push_back(dependency.schema);
  }
  return applied;
}

}  // namespace

// Topological order: what never becomes free of users lies on a circle, or is used by one.
void SchemaCompiler::RefuseCircles() {
  std::unordered_map<const SchemaNode*, size_t> users;
  for (const SchemaNode& node : nodes_) {
    for (const SchemaNode* applied : AppliedInPlace(node)) ++users[applied];
  }
  std::vector<const SchemaNode*> free;
  for (const SchemaNode& node : nodes_) {
    if (users[&node] == 0) free.push_back(&node);
  }
  while (!free.empty()) {
    const SchemaNode* node = free.back();
    free.pop_back();
    for (const SchemaNode* applied : AppliedInPlace(*node)) {
      if (--users[applied] == 0) free.push_back(applied);
    }
  }
  for (const SchemaPlace& place : index_.places()) {
    if (users[by_address_.at(place.schema)] == 0) continue;
    Report(place, place.at, "this schema refers to itself without end");
    return;
  }
}

}  // namespace connhost
