#include "manifests/schema_index.h"

#include <algorithm>
#include <utility>

#include "manifests/embedded_schemas.h"
#include "manifests/json_depth.h"
#include "manifests/uri.h"

namespace connhost {
namespace {

constexpr const char* kMetaschemaUri = "http://json-schema.org/draft-07/schema";
// Bases are joined level by level; without a bound a small document could build huge ones.
constexpr size_t kLongestUri = 2048;

enum class Holds { kSchema, kList, kSchemaOrList, kMembers };

struct Keyword {
  const char* name;
  Holds holds;
};

constexpr Keyword kKeywords[] = {
    {"additionalItems", Holds::kSchema},
    {"additionalProperties", Holds::kSchema},
    {"contains", Holds::kSchema},
    {"propertyNames", Holds::kSchema},
    {"not", Holds::kSchema},
    {"if", Holds::kSchema},
    {"then", Holds::kSchema},
    {"else", Holds::kSchema},
    {"allOf", Holds::kList},
    {"anyOf", Holds::kList},
    {"oneOf", Holds::kList},
    {"items", Holds::kSchemaOrList},
    {"definitions", Holds::kMembers},
    {"properties", Holds::kMembers},
    {"patternProperties", Holds::kMembers},
    {"dependencies", Holds::kMembers},
};

bool IsSchema(const JsonValue& value) {
  return value.IsObject() || value.IsBool();
}

const Keyword* FindKeyword(std::string_view name) {
  const auto* found = std::find_if(std::begin(kKeywords), std::end(kKeywords),
                                   [&](const Keyword& keyword) { return name == keyword.name; });
  return found == std::end(kKeywords) ? nullptr : found;
}

// The `$id` that counts: one beside `$ref` does not.
const JsonValue* IdOf(const JsonValue& schema) {
  const JsonValue* reference = FindMember(schema, "$ref");
  if (reference != nullptr && reference->IsString()) return nullptr;
  const JsonValue* id = FindMember(schema, "$id");
  return id != nullptr && id->IsString() && id->GetStringLength() <= kLongestUri ? id : nullptr;
}

}  // namespace

const JsonValue& SchemaIndex::AddRoot(const JsonValue& root) {
  Json copy;
  copy.CopyFrom(root, copy.GetAllocator());
  return *AddDocument(std::move(copy), "", false);
}

const JsonValue* SchemaIndex::AddDocument(Json document, const std::string& uri, bool trusted) {
  const JsonValue& root = documents_.emplace_back(std::move(document));
  const std::string* name = &uris_.emplace_back(uri);
  by_uri_.emplace(uri, &root);
  const bool first = documents_.size() == 1;
  Walk(root, {&root, name, nullptr, first ? nullptr : name, false}, !trusted);
  return &root;
}

void SchemaIndex::Walk(const JsonValue& schema, SchemaPlace context, bool entry) {
  if (!IsSchema(schema) || by_address_.count(&schema) > 0) return;
  if (const JsonValue* id = IdOf(schema)) {
    const std::string uri = ResolveUri(*context.base, TextOf(*id));
    const UriParts parts = SplitFragment(uri);
    if (parts.fragment.empty() && uri.size() <= kLongestUri) {
      context.base = &uris_.emplace_back(parts.resource);
      by_uri_.emplace(parts.resource, &schema);
    } else {
      by_uri_.emplace(parts.resource + "#" + parts.fragment, &schema);
    }
  }
  by_address_.emplace(&schema, places_.size());
  places_.push_back({&schema, context.base, context.at, context.document, entry});
  if (schema.IsObject()) WalkChildren(schema, context);
}

void SchemaIndex::WalkChildren(const JsonValue& schema, const SchemaPlace& context) {
  for (const auto& member : schema.GetObject()) {
    const Keyword* keyword = FindKeyword(TextOf(member.name));
    if (keyword == nullptr) continue;
    SchemaPlace inside = context;
    inside.at = Below(PointerStep::Key(context.at, TextOf(member.name)));
    const JsonValue& value = member.value;
    if (value.IsArray() && keyword->holds != Holds::kSchema && keyword->holds != Holds::kMembers) {
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
        SchemaPlace element = inside;
        element.at = Below(PointerStep::Index(inside.at, i));
        Walk(value[i], element, false);
      }
    } else if (keyword->holds == Holds::kMembers) {
      WalkMembers(value, inside);
    } else if (keyword->holds != Holds::kList) {
      Walk(value, inside, false);
    }
  }
}

void SchemaIndex::WalkMembers(const JsonValue& members, const SchemaPlace& context) {
  if (!members.IsObject()) return;
  for (const auto& member : members.GetObject()) {
    SchemaPlace inside = context;
    inside.at = Below(PointerStep::Key(context.at, TextOf(member.name)));
    Walk(member.value, inside, false);
  }
}

const JsonValue* SchemaIndex::FindResource(const std::string& uri) {
  const auto known = by_uri_.find(uri);
  if (known != by_uri_.end()) return known->second;
  if (uri == kMetaschemaUri) {
    return AddDocument(ParseJson(kDraft7SchemaText, "the draft-07 meta-schema"), uri, true);
  }
  if (!resolver_) return nullptr;
  std::optional<Json> document = resolver_(uri);
  if (!document.has_value() || !IsWithinDepth(*document)) return nullptr;
  return AddDocument(std::move(*document), uri, false);
}

const JsonValue* SchemaIndex::FollowPointer(const JsonValue& resource, const std::string& pointer) {
  const JsonValue* value = &resource;
  SchemaPlace nearest = places_[by_address_.at(&resource)];
  for (const std::string& token : PointerTokens(pointer)) {
    const std::string* kept = &uris_.emplace_back(token);
    value = PointerChild(*value, token);
    if (value == nullptr) return nullptr;
    nearest.at = Below(PointerStep::Key(nearest.at, *kept));
    const auto known = by_address_.find(value);
    if (known != by_address_.end()) nearest = places_[known->second];
  }
  Walk(*value, nearest, true);
  return value;
}

const JsonValue* SchemaIndex::Resolve(const SchemaPlace& from, std::string_view reference,
                                      std::string& fault) {
  const auto refuse = [&](const std::string& why) {
    fault = "the reference '" + ShownText(reference) + "' " + why;
    return nullptr;
  };
  if (reference.size() > kLongestUri) return refuse("is longer than 2048 bytes");
  const UriParts target = SplitFragment(ResolveUri(*from.base, reference));
  const JsonValue* found = FindResource(target.resource);
  if (found == nullptr) {
    return refuse("leads outside: expected a place in this schema, such as '#/definitions/name'");
  }
  if (!target.fragment.empty() && target.fragment.front() == '/') {
    found = FollowPointer(*found, target.fragment);
  } else if (!target.fragment.empty()) {
    const auto named = by_uri_.find(target.resource + "#" + target.fragment);
    found = named == by_uri_.end() ? nullptr : named->second;
  }
  if (found == nullptr) return refuse("leads nowhere");
  return IsSchema(*found) ? found
                          : refuse("leads to " + ShownValue(*found) + ", expected a schema");
}

}  // namespace connhost
