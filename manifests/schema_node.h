// A compiled schema: its keywords with types checked, patterns compiled and references followed.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "manifests/pattern.h"
#include "manifests/schema_formats.h"

namespace connhost {

struct SchemaNode;

struct SizeLimits {
  uint64_t least = 0;
  uint64_t most = std::numeric_limits<uint64_t>::max();
};

struct SchemaDependency {
  std::string_view key;
  const SchemaNode* schema = nullptr;   // or
  std::vector<std::string_view> needs;  // the keys that must be there too
};

struct PatternProperty {
  Pattern pattern;
  const SchemaNode* schema;
};

// Plain data, filled by SchemaCompiler and read by SchemaChecker. Views and pointers to values lead
// into the source document, pointers to nodes into the same program; nullptr means "absent".
struct SchemaNode {
  bool forbidden = false;           // the schema `false`
  const SchemaNode* ref = nullptr;  // when set, the only keyword that counts
  std::string expected;             // x-expected

  unsigned types = 0;  // JsonType bits; 0: any
  const JsonValue* enumeration = nullptr;
  const JsonValue* constant = nullptr;

  const JsonValue* minimum = nullptr;
  const JsonValue* maximum = nullptr;
  const JsonValue* exclusive_minimum = nullptr;
  const JsonValue* exclusive_maximum = nullptr;
  const JsonValue* multiple_of = nullptr;

  SizeLimits characters;
  std::unique_ptr<const Pattern> pattern;
  const SchemaFormat* format = nullptr;

  SizeLimits elements;
  bool unique = false;
  const SchemaNode* every_item = nullptr;
  std::vector<const SchemaNode*> first_items;  // `items` as a list
  const SchemaNode* further_items = nullptr;   // additionalItems beside it
  const SchemaNode* contains = nullptr;

  SizeLimits members;
  std::vector<std::string_view> required;
  std::unordered_map<std::string_view, const SchemaNode*> properties;
  std::vector<std::string> property_list;  // the same names in source order, for suggestions
  std::vector<PatternProperty> pattern_properties;
  const SchemaNode* further_properties = nullptr;  // additionalProperties
  const SchemaNode* property_names = nullptr;
  std::vector<SchemaDependency> dependencies;

  std::vector<const SchemaNode*> all_of, any_of, one_of;
  const SchemaNode* negated = nullptr;
  const SchemaNode* condition = nullptr;  // if
  const SchemaNode* consequence = nullptr;
  const SchemaNode* alternative = nullptr;
};

}  // namespace connhost
