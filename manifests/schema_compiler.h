// Turns the schemas of a SchemaIndex into SchemaNodes.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "manifests/schema_index.h"
#include "manifests/schema_node.h"

namespace connhost {

// One use: construct, Run, take the results. Keywords of a wrong type are skipped here: the
// meta-schema reports them.
class SchemaCompiler {
 public:
  // `metaschema` is nullptr for the meta-schema itself.
  SchemaCompiler(SchemaIndex& index, const JsonSchema* metaschema, std::vector<Finding>& faults)
      : index_(index), metaschema_(metaschema), faults_(faults) {}

  void Run();

  std::deque<SchemaNode> TakeNodes() { return std::move(nodes_); }

  // The nodes by the address of their source.
  std::unordered_map<const JsonValue*, SchemaNode*> TakeAddresses() {
    return std::move(by_address_);
  }

 private:
  SchemaNode* NodeAt(const JsonValue& schema);
  const SchemaNode* Child(const JsonValue& schema, const char* keyword);
  std::vector<const SchemaNode*> Children(const JsonValue& schema, const char* keyword);
  void CheckEntry(const SchemaPlace& place);
  void CompilePlace(const SchemaPlace& place);
  void CompileReference(const SchemaPlace& place, const JsonValue& reference, SchemaNode& node);
  void CompileValues(const JsonValue& schema, SchemaNode& node);
  void CompileText(const SchemaPlace& place, SchemaNode& node);
  void CompileList(const JsonValue& schema, SchemaNode& node);
  void CompileObject(const SchemaPlace& place, SchemaNode& node);
  void CompileProperties(const SchemaPlace& place, SchemaNode& node);
  void CompileDependencies(const JsonValue& schema, SchemaNode& node);
  void CompileCombinators(const JsonValue& schema, SchemaNode& node);
  void RefuseCircles();
  void Report(const SchemaPlace& place, const PointerStep* at, const std::string& message);

  SchemaIndex& index_;
  const JsonSchema* metaschema_;
  std::vector<Finding>& faults_;
  std::deque<SchemaNode> nodes_;
  std::unordered_map<const JsonValue*, SchemaNode*> by_address_;
};

}  // namespace connhost
