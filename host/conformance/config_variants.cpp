#include "host/conformance/config_variants.h"

#include <algorithm>

namespace connhost {
namespace {

constexpr size_t kHugeText = size_t{1} << 20;
constexpr int64_t kHugeNumber = int64_t{1} << 62;
constexpr rapidjson::SizeType kHugeList = 10'000;

Json Copy(const JsonValue& value) {
  Json copy;
  copy.CopyFrom(value, copy.GetAllocator());
  return copy;
}

bool IsIn(const JsonValue* list, std::string_view name) {
  if (list == nullptr || !list->IsArray()) return false;
  return std::any_of(list->Begin(), list->End(), [&](const JsonValue& each) {
    return each.IsString() && TextOf(each) == name;
  });
}

bool IsPath(const Manifest& manifest, std::string_view name) {
  const auto has = [&](const std::vector<std::string>& fields) {
    return std::find(fields.begin(), fields.end(), name) != fields.end();
  };
  return has(manifest.read_paths) || has(manifest.write_paths);
}

// The one type a field's schema allows; "" when it allows several or says nothing.
std::string TypeOf(const JsonValue& schema) {
  const JsonValue* type = FindMember(schema, "type");
  return type != nullptr && type->IsString() ? std::string(TextOf(*type)) : "";
}

JsonValue WrongValue(const std::string& type) {
  return type == "object" ? JsonValue(true) : JsonValue(rapidjson::kObjectType);
}

JsonValue HugeValue(Json* document, const std::string& type, const JsonValue& schema) {
  if (type == "integer") return JsonValue(kHugeNumber);
  if (type == "number") return JsonValue(1e300);
  if (type == "string") {
    const std::string text(kHugeText, 'x');
    return JsonValue(text.c_str(), static_cast<rapidjson::SizeType>(text.size()),
                     document->GetAllocator());
  }
  JsonValue list(rapidjson::kArrayType);
  const JsonValue* items = FindMember(schema, "items");
  const bool numbers = items != nullptr && TypeOf(*items) == "integer";
  for (rapidjson::SizeType i = 0; i < kHugeList; ++i) {
    JsonValue item(i);
    if (!numbers) item.SetString(std::to_string(i).c_str(), document->GetAllocator());
    list.PushBack(item, document->GetAllocator());
  }
  return list;
}

class Maker {
 public:
  Maker(const Manifest& manifest, const JsonValue& good) : manifest_(manifest), good_(good) {}

  void Without(const std::string& name) {
    if (FindMember(good_, name) == nullptr) return;
    Json config = Copy(good_);
    config.RemoveMember(name.c_str());
    const bool required = IsIn(FindMember(manifest_.config_schema, "required"), name);
    variants.push_back({"without '" + name + "'", std::move(config), required});
  }

  void With(const std::string& how, const std::string& name, Json config, JsonValue value,
            bool wrong) {
    SetMember(config, config, name, std::move(value));
    variants.push_back({"with " + how + " in '" + name + "'", std::move(config), wrong});
  }

  void Change(const std::string& name, const JsonValue& schema) {
    const std::string type = TypeOf(schema);
    if (type.empty()) return;
    With("a value of another type", name, Copy(good_), WrongValue(type), true);
    if (IsPath(manifest_, name) || type == "boolean" || type == "object" || type == "null") return;
    Json config = Copy(good_);
    JsonValue huge = HugeValue(&config, type, schema);
    With("a huge value", name, std::move(config), std::move(huge), false);
  }

  std::vector<ConfigVariant> variants;

 private:
  const Manifest& manifest_;
  const JsonValue& good_;
};

}  // namespace

std::vector<ConfigVariant> VariantsOf(const Manifest& manifest, const JsonValue& good) {
  Maker maker(manifest, good);
  const JsonValue* properties = FindMember(manifest.config_schema, "properties");
  if (properties != nullptr) {
    for (const auto& member : properties->GetObject()) {
      const std::string name(TextOf(member.name));
      maker.Without(name);
      maker.Change(name, member.value);
    }
  }
  const JsonValue* more = FindMember(manifest.config_schema, "additionalProperties");
  const bool closed = more == nullptr || (more->IsBool() && !more->GetBool());
  maker.With("a field nobody knows", "connhost_verify", Copy(good), JsonValue(true), closed);
  return std::move(maker.variants);
}

}  // namespace connhost
