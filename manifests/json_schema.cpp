#include "manifests/json_schema.h"

#include <deque>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "manifests/embedded_schemas.h"
#include "manifests/json_depth.h"
#include "manifests/json_pointer.h"
#include "manifests/schema_checker.h"
#include "manifests/schema_compiler.h"
#include "manifests/schema_index.h"

namespace connhost {

struct JsonSchema::Program {
  explicit Program(const SchemaResolver& resolver) : index(resolver) {}

  SchemaIndex index;
  std::deque<SchemaNode> nodes;
  std::unordered_map<const JsonValue*, SchemaNode*> by_address;
  const JsonValue* root = nullptr;
};

JsonSchema::JsonSchema(std::unique_ptr<const Program> program) : program_(std::move(program)) {}
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;
JsonSchema::~JsonSchema() = default;

const JsonSchema& JsonSchema::Metaschema() {
  static const JsonSchema metaschema = [] {
    std::vector<Finding> faults;
    const std::string name = "the draft-07 meta-schema";
    std::optional<JsonSchema> schema =
        CompileUnchecked(ParseJson(kDraft7SchemaText, name), nullptr, faults, {});
    if (!schema) throw Error(ErrorKind::kInternal, FormatFindings(name, faults));
    return std::move(*schema);
  }();
  return metaschema;
}

std::optional<JsonSchema> JsonSchema::Compile(const JsonValue& schema, std::vector<Finding>& faults,
                                              const SchemaResolver& resolver) {
  return CompileUnchecked(schema, &Metaschema(), faults, resolver);
}

std::optional<JsonSchema> JsonSchema::CompileUnchecked(const JsonValue& schema,
                                                       const JsonSchema* metaschema,
                                                       std::vector<Finding>& faults,
                                                       const SchemaResolver& resolver) {
  if (!IsWithinDepth(schema)) {
    faults.push_back({"", 0, 0,
                      "nested deeper than " + std::to_string(kDeepestDocument) +
                          " levels: expected a flatter schema"});
    return std::nullopt;
  }
  if (!schema.IsObject() && !schema.IsBool()) {
    const std::string found = ShownValue(schema);
    faults.push_back({"", 0, 0, "expected a schema (a mapping, true or false), found " + found});
    return std::nullopt;
  }
  const size_t before = faults.size();
  auto program = std::make_unique<Program>(resolver);
  program->root = &program->index.AddRoot(schema);
  SchemaCompiler compiler(program->index, metaschema, faults);
  compiler.Run();
  if (faults.size() > before) return std::nullopt;
  program->nodes = compiler.TakeNodes();
  program->by_address = compiler.TakeAddresses();
  return JsonSchema(std::move(program));
}

JsonSchema JsonSchema::CompileOrThrow(const JsonValue& schema, const std::string& what,
                                      const SchemaResolver& resolver) {
  std::vector<Finding> faults;
  std::optional<JsonSchema> compiled = Compile(schema, faults, resolver);
  if (!compiled) throw Error(ErrorKind::kConfig, FormatFindings(what, faults));
  return std::move(*compiled);
}

std::vector<Finding> JsonSchema::Validate(const JsonValue& value) const {
  return ValidateAt("", value);
}

std::vector<Finding> JsonSchema::ValidateAt(std::string_view pointer,
                                            const JsonValue& value) const {
  const JsonValue* schema = FindPointer(*program_->root, pointer);
  const auto node = program_->by_address.find(schema);
  if (node == program_->by_address.end()) {
    throw Error(ErrorKind::kInternal,
                "no subschema stands at '" + ShownText(pointer) + "' of the schema");
  }
  return SchemaChecker().Run(*node->second, value);
}

}  // namespace connhost
