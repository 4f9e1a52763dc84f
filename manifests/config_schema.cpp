#include "manifests/config_schema.h"

#include <optional>
#include <utility>

#include "manifests/json_pointer.h"
#include "manifests/json_schema.h"

namespace connhost {
namespace {

void CloseObject(Json& document, JsonValue& schema) {
  if (!schema.IsObject() || FindMember(schema, "$ref") != nullptr) return;
  const auto properties = schema.FindMember("properties");
  if (properties != schema.MemberEnd() && properties->value.IsObject()) {
    for (auto& member : properties->value.GetObject()) CloseObject(document, member.value);
  }
  const auto items = schema.FindMember("items");
  if (items != schema.MemberEnd() && items->value.IsObject()) CloseObject(document, items->value);
  const bool closes = properties != schema.MemberEnd() && !schema.HasMember("additionalProperties");
  if (closes) SetMember(document, schema, "additionalProperties", JsonValue(false));
}

// Checks `value`, which stands at `place` of the schema, against the schema at `pointer`.
void CheckSample(const JsonSchema& compiled, const std::string& pointer, const std::string& place,
                 const JsonValue& value, std::vector<Finding>& findings) {
  for (Finding& finding : compiled.ValidateAt(pointer, value)) {
    finding.pointer = "/config" + place + finding.pointer;
    findings.push_back(std::move(finding));
  }
}

void CheckSamples(const JsonSchema& compiled, const JsonValue& schema, const std::string& pointer,
                  std::vector<Finding>& findings) {
  if (const JsonValue* value = FindMember(schema, "default")) {
    CheckSample(compiled, pointer, pointer + "/default", *value, findings);
  }
  if (const JsonValue* examples = FindMember(schema, "examples")) {
    for (rapidjson::SizeType i = 0; i < examples->Size(); ++i) {
      const std::string place = pointer + "/examples/" + std::to_string(i);
      CheckSample(compiled, pointer, place, (*examples)[i], findings);
    }
  }
  const JsonValue* properties = FindMember(schema, "properties");
  if (properties == nullptr) return;
  for (const auto& member : properties->GetObject()) {
    const std::string name = EscapePointerToken(TextOf(member.name));
    CheckSamples(compiled, member.value, pointer + "/properties/" + name, findings);
  }
}

}  // namespace

std::vector<Finding> CheckConfigSchema(const JsonValue& schema) {
  std::vector<Finding> findings;
  const Json closed = ClosedSchema(schema);
  if (const std::optional<JsonSchema> compiled = JsonSchema::Compile(closed, findings)) {
    CheckSamples(*compiled, schema, "", findings);
    return findings;
  }
  for (Finding& finding : findings) finding.pointer.insert(0, "/config");
  return findings;
}

Json ClosedSchema(const JsonValue& schema) {
  Json closed;
  closed.CopyFrom(schema, closed.GetAllocator());
  CloseObject(closed, closed);
  return closed;
}

}  // namespace connhost
