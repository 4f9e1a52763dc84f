#include "manifests/schema_compiler.h"

#include <utility>

#include "manifests/json_values.h"

namespace connhost {
namespace {

constexpr size_t kMostSchemas = 10'000;  // bounds the search for what references mean

// A member of one type, else nullptr.
template <typename Test>
const JsonValue* Member(const JsonValue& schema, const char* keyword, Test test) {
  const JsonValue* value = FindMember(schema, keyword);
  return value != nullptr && test(*value) ? value : nullptr;
}

const JsonValue* NumberMember(const JsonValue& schema, const char* keyword) {
  return Member(schema, keyword, [](const JsonValue& value) { return value.IsNumber(); });
}

const JsonValue* ListMember(const JsonValue& schema, const char* keyword) {
  return Member(schema, keyword, [](const JsonValue& value) { return value.IsArray(); });
}

const JsonValue* ObjectMember(const JsonValue& schema, const char* keyword) {
  return Member(schema, keyword, [](const JsonValue& value) { return value.IsObject(); });
}

const JsonValue* TextMember(const JsonValue& schema, const char* keyword) {
  return Member(schema, keyword, [](const JsonValue& value) { return value.IsString(); });
}

void ReadSize(const JsonValue& schema, const char* keyword, uint64_t& size) {
  const JsonValue* value = NumberMember(schema, keyword);
  constexpr double kBeyondEverySize = 1e18;
  if (value == nullptr || value->GetDouble() < 0 || value->GetDouble() > kBeyondEverySize) return;
  size = static_cast<uint64_t>(value->GetDouble());
}

std::vector<std::string_view> Texts(const JsonValue& list) {
  std::vector<std::string_view> texts;
  for (const JsonValue& element : list.GetArray()) {
    if (element.IsString()) texts.push_back(TextOf(element));
  }
  return texts;
}

unsigned ReadTypes(const JsonValue& schema) {
  const JsonValue* value = FindMember(schema, "type");
  if (value == nullptr) return 0;
  if (value->IsString()) return TypeNamed(TextOf(*value));
  unsigned types = 0;
  if (value->IsArray()) {
    for (const std::string_view name : Texts(*value)) types |= TypeNamed(name);
  }
  return types;
}

}  // namespace

void SchemaCompiler::Run() {
  for (size_t i = 0; i < index_.places().size(); ++i) {
    const SchemaPlace place = index_.places()[i];
    if (i == kMostSchemas) {
      Report(place, place.at, "expected at most 10,000 schemas within each other, found more");
      return;
    }
    if (place.entry) CheckEntry(place);
    CompilePlace(place);
  }
  RefuseCircles();
}

SchemaNode* SchemaCompiler::NodeAt(const JsonValue& schema) {
  SchemaNode*& node = by_address_[&schema];
  if (node == nullptr) node = &nodes_.emplace_back();
  return node;
}

void SchemaCompiler::Report(const SchemaPlace& place, const PointerStep* at,
                            const std::string& message) {
  if (place.document == nullptr) {
    faults_.push_back({PointerText(at), 0, 0, message});
  } else {
    faults_.push_back({"", 0, 0, "in '" + ShownText(*place.document) + "': " + message});
  }
}

void SchemaCompiler::CheckEntry(const SchemaPlace& place) {
  if (metaschema_ == nullptr) return;
  for (Finding& fault : metaschema_->Validate(*place.schema)) {
    fault.pointer.insert(0, PointerText(place.at));
    if (place.document == nullptr) {
      faults_.push_back(std::move(fault));
    } else {
      faults_.push_back(
          {"", 0, 0, FormatFindings("in '" + ShownText(*place.document) + "'", {fault})});
    }
  }
}

void SchemaCompiler::CompilePlace(const SchemaPlace& place) {
  const JsonValue& schema = *place.schema;
  SchemaNode& node = *NodeAt(schema);
  if (schema.IsBool()) {
    node.forbidden = schema.IsFalse();
    return;
  }
  if (const JsonValue* reference = TextMember(schema, "$ref")) {
    CompileReference(place, *reference, node);
    return;
  }
  CompileValues(schema, node);
  CompileText(place, node);
  CompileList(schema, node);
  CompileObject(place, node);
  CompileCombinators(schema, node);
}

void SchemaCompiler::CompileReference(const SchemaPlace& place, const JsonValue& reference,
                                      SchemaNode& node) {
  std::string fault;
  const JsonValue* target = index_.Resolve(place, TextOf(reference), fault);
  if (target != nullptr) {
    node.ref = NodeAt(*target);
    return;
  }
  const PointerStep step = PointerStep::Key(place.at, "$ref");
  Report(place, &step, fault);
}

void SchemaCompiler::CompileValues(const JsonValue& schema, SchemaNode& node) {
  node.types = ReadTypes(schema);
  node.enumeration = ListMember(schema, "enum");
  node.constant = FindMember(schema, "const");
  node.minimum = NumberMember(schema, "minimum");
  node.maximum = NumberMember(schema, "maximum");
  node.exclusive_minimum = NumberMember(schema, "exclusiveMinimum");
  node.exclusive_maximum = NumberMember(schema, "exclusiveMaximum");
  node.multiple_of = Member(schema, "multipleOf", [](const JsonValue& value) {
    return value.IsNumber() && value.GetDouble() > 0;
  });
}

void SchemaCompiler::CompileText(const SchemaPlace& place, SchemaNode& node) {
  const JsonValue& schema = *place.schema;
  ReadSize(schema, "minLength", node.characters.least);
  ReadSize(schema, "maxLength", node.characters.most);
  if (const JsonValue* phrase = TextMember(schema, "x-expected")) node.expected = TextOf(*phrase);
  if (const JsonValue* name = TextMember(schema, "format")) {
    node.format = FindSchemaFormat(TextOf(*name));
  }
  const JsonValue* text = TextMember(schema, "pattern");
  if (text == nullptr) return;
  auto pattern = std::make_unique<const Pattern>(TextOf(*text));
  if (pattern->fault().empty()) {
    node.pattern = std::move(pattern);
    return;
  }
  const PointerStep step = PointerStep::Key(place.at, "pattern");
  Report(place, &step, pattern->fault());
}

void SchemaCompiler::CompileList(const JsonValue& schema, SchemaNode& node) {
  ReadSize(schema, "minItems", node.elements.least);
  ReadSize(schema, "maxItems", node.elements.most);
  const JsonValue* unique = FindMember(schema, "uniqueItems");
  node.unique = unique != nullptr && unique->IsTrue();
  node.contains = Child(schema, "contains");
  if (ListMember(schema, "items") != nullptr) {
    node.first_items = Children(schema, "items");
    node.further_items = Child(schema, "additionalItems");
  } else {
    node.every_item = Child(schema, "items");
  }
}

void SchemaCompiler::CompileObject(const SchemaPlace& place, SchemaNode& node) {
  const JsonValue& schema = *place.schema;
  ReadSize(schema, "minProperties", node.members.least);
  ReadSize(schema, "maxProperties", node.members.most);
  if (const JsonValue* names = ListMember(schema, "required")) node.required = Texts(*names);
  node.further_properties = Child(schema, "additionalProperties");
  node.property_names = Child(schema, "propertyNames");
  CompileProperties(place, node);
  CompileDependencies(schema, node);
}

void SchemaCompiler::CompileProperties(const SchemaPlace& place, SchemaNode& node) {
  if (const JsonValue* properties = ObjectMember(*place.schema, "properties")) {
    for (const auto& member : properties->GetObject()) {
      const std::string_view name = TextOf(member.name);
      if (node.properties.emplace(name, NodeAt(member.value)).second) {
        node.property_list.emplace_back(name);
      }
    }
  }
  const JsonValue* patterns = ObjectMember(*place.schema, "patternProperties");
  if (patterns == nullptr) return;
  const PointerStep keyword = PointerStep::Key(place.at, "patternProperties");
  for (const auto& member : patterns->GetObject()) {
    Pattern pattern(TextOf(member.name));
    if (pattern.fault().empty()) {
      node.pattern_properties.push_back({std::move(pattern), NodeAt(member.value)});
      continue;
    }
    const PointerStep step = PointerStep::Key(&keyword, TextOf(member.name));
    Report(place, &step, pattern.fault());
  }
}

void SchemaCompiler::CompileDependencies(const JsonValue& schema, SchemaNode& node) {
  const JsonValue* dependencies = ObjectMember(schema, "dependencies");
  if (dependencies == nullptr) return;
  for (const auto& member : dependencies->GetObject()) {
    SchemaDependency dependency;
    dependency.key = TextOf(member.name);
    if (member.value.IsArray()) {
      dependency.needs = Texts(member.value);
    } else {
      dependency.schema = NodeAt(member.value);
    }
    node.dependencies.push_back(std::move(dependency));
  }
}

void SchemaCompiler::CompileCombinators(const JsonValue& schema, SchemaNode& node) {
  node.all_of = Children(schema, "allOf");
  node.any_of = Children(schema, "anyOf");
  node.one_of = Children(schema, "oneOf");
  node.negated = Child(schema, "not");
  node.condition = Child(schema, "if");
  node.consequence = Child(schema, "then");
  node.alternative = Child(schema, "else");
}

const SchemaNode* SchemaCompiler::Child(const JsonValue& schema, const char* keyword) {
  const JsonValue* child = FindMember(schema, keyword);
  return child == nullptr ? nullptr : NodeAt(*child);
}

std::vector<const SchemaNode*> SchemaCompiler::Children(const JsonValue& schema,
                                                        const char* keyword) {
  std::vector<const SchemaNode*> nodes;
  if (const JsonValue* list = ListMember(schema, keyword)) {
    for (const JsonValue& child : list->GetArray()) nodes.push_back(NodeAt(child));
  }
  return nodes;
}

}  // namespace connhost
