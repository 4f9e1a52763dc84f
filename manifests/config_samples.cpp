// Configurations made from a config schema: with defaults filled in, and as an example.
#include <utility>

#include "manifests/manifest.h"

namespace connhost {
namespace {

const JsonValue* Properties(const Manifest& manifest) {
  const JsonValue* properties = FindMember(manifest.config_schema, "properties");
  return properties != nullptr && properties->IsObject() ? properties : nullptr;
}

const JsonValue* FirstExample(const JsonValue& schema) {
  const JsonValue* examples = FindMember(schema, "examples");
  return examples != nullptr && examples->IsArray() && !examples->Empty() ? &(*examples)[0]
                                                                          : nullptr;
}

// What its schema offers for a field: an example, the default, or the only or first choice.
const JsonValue* Sample(const JsonValue& schema) {
  if (const JsonValue* example = FirstExample(schema)) return example;
  if (const JsonValue* value = FindMember(schema, "default")) return value;
  if (const JsonValue* constant = FindMember(schema, "const")) return constant;
  const JsonValue* choices = FindMember(schema, "enum");
  return choices != nullptr && choices->IsArray() && !choices->Empty() ? &(*choices)[0] : nullptr;
}

bool IsRequired(const Manifest& manifest, std::string_view name) {
  const JsonValue* required = FindMember(manifest.config_schema, "required");
  if (required == nullptr || !required->IsArray()) return false;
  for (const JsonValue& one : required->GetArray()) {
    if (one.IsString() && TextOf(one) == name) return true;
  }
  return false;
}

// A value of the right type for a field about which its schema says no more.
JsonValue Placeholder(Json& document, const JsonValue& schema, std::string_view name) {
  const JsonValue* type = FindMember(schema, "type");
  const std::string_view word = type != nullptr && type->IsString() ? TextOf(*type) : "string";
  if (word == "boolean") return JsonValue(false);
  if (word == "array") return JsonValue(rapidjson::kArrayType);
  if (word == "object") return JsonValue(rapidjson::kObjectType);
  if (word == "null") return JsonValue();
  if (word == "integer" || word == "number") {
    const JsonValue* minimum = FindMember(schema, "minimum");
    return minimum == nullptr ? JsonValue(0) : JsonValue(*minimum, document.GetAllocator());
  }
  const std::string text = "<" + std::string(name) + ">";
  return JsonValue(text.data(), static_cast<rapidjson::SizeType>(text.size()),
                   document.GetAllocator());
}

}  // namespace

Json WithDefaults(const Manifest& manifest, const JsonValue& config) {
  Json filled;
  filled.CopyFrom(config, filled.GetAllocator());
  const JsonValue* properties = Properties(manifest);
  if (properties == nullptr || !filled.IsObject()) return filled;
  for (const auto& member : properties->GetObject()) {
    const std::string_view name = TextOf(member.name);
    const JsonValue* value = FindMember(member.value, "default");
    if (value == nullptr || FindMember(filled, name) != nullptr) continue;
    SetMember(filled, filled, name, JsonValue(*value, filled.GetAllocator()));
  }
  return filled;
}

Json ExampleConfig(const Manifest& manifest) {
  Json example;
  if (const JsonValue* whole = FirstExample(manifest.config_schema)) {
    example.CopyFrom(*whole, example.GetAllocator());
    return example;
  }
  example.SetObject();
  const JsonValue* properties = Properties(manifest);
  if (properties == nullptr) return example;
  for (const auto& member : properties->GetObject()) {
    const std::string_view name = TextOf(member.name);
    if (const JsonValue* sample = Sample(member.value)) {
      SetMember(example, example, name, JsonValue(*sample, example.GetAllocator()));
    } else if (IsRequired(manifest, name)) {
      SetMember(example, example, name, Placeholder(example, member.value, name));
    }
  }
  return example;
}

}  // namespace connhost
