#include "host/catalog/index.h"

#include <algorithm>

#include "base/json.h"
#include "base/time.h"
#include "host/catalog/catalog_schemas.h"
#include "host/catalog/checked_json.h"
#include "host/catalog/index_rules.h"
#include "registry/version_order.h"

namespace connhost {
namespace {

const JsonSchema& Schema() {
  static const JsonSchema schema = JsonSchema::CompileOrThrow(
      ParseJson(kIndexSchemaText, "the index schema"), "the index schema");
  return schema;
}

std::string Text(const JsonValue& object, std::string_view name) {
  return std::string(TextOf(*FindMember(object, name)));
}

// A whole number of the schema may be spelled 1.0.
uint64_t Number(const JsonValue& object, std::string_view name) {
  return static_cast<uint64_t>(FindMember(object, name)->GetDouble());
}

IndexPackage ReadEntry(const JsonValue& value) {
  IndexPackage package;
  package.id = Text(value, "id");
  package.version = Text(value, "version");
  package.kind = Text(value, "kind");
  package.description = Text(value, "description");
  package.publisher = Text(value, "publisher");
  package.channel = Text(value, "channel");
  package.signer = Text(value, "signer");
  package.abi = static_cast<int>(Number(value, "abi"));
  for (const auto& member : value["platforms"].GetObject()) {
    package.platforms[std::string(TextOf(member.name))] = {
        Text(member.value, "file"), Number(member.value, "size"), Text(member.value, "sha256")};
  }
  return package;
}

JsonValue PackageJson(Json& document, const IndexPackage& package) {
  JsonValue value(rapidjson::kObjectType);
  const auto text = [&](JsonValue& object, std::string_view name, std::string_view content) {
    SetMember(document, object, name, content);
  };
  text(value, "id", package.id);
  text(value, "version", package.version);
  text(value, "kind", package.kind);
  text(value, "description", package.description);
  text(value, "publisher", package.publisher);
  text(value, "channel", package.channel);
  text(value, "signer", package.signer);
  SetMember(document, value, "abi", JsonValue(package.abi));
  JsonValue platforms(rapidjson::kObjectType);
  for (const auto& [platform, file] : package.platforms) {
    JsonValue entry(rapidjson::kObjectType);
    text(entry, "file", file.file);
    SetMember(document, entry, "size", JsonValue(file.size));
    text(entry, "sha256", file.sha256);
    SetMember(document, platforms, platform, std::move(entry));
  }
  SetMember(document, value, "platforms", std::move(platforms));
  return value;
}

std::string TimeText(int64_t micros) {
  return FormatTime(micros).substr(0, 19) + "Z";
}

}  // namespace

const IndexPackage* CatalogIndex::Find(std::string_view id, std::string_view version) const {
  for (const IndexPackage& package : packages) {
    if (package.id == id && package.version == version) return &package;
  }
  return nullptr;
}

CatalogIndex ParseIndex(std::string_view text, const std::string& what) {
  const Json document = ParseChecked(text, what, Schema(), CheckIndexRules);
  CatalogIndex index;
  index.name = Text(document, "name");
  index.serial = Number(document, "serial");
  index.created = *ParseUtcTime(Text(document, "created"));
  if (FindMember(document, "expires") != nullptr) {
    index.expires = *ParseUtcTime(Text(document, "expires"));
  }
  for (const JsonValue& value : document["packages"].GetArray()) {
    index.packages.push_back(ReadEntry(value));
  }
  return index;
}

std::string WriteIndex(CatalogIndex index) {
  std::sort(index.packages.begin(), index.packages.end(),
            [](const IndexPackage& a, const IndexPackage& b) {
              if (a.id != b.id) return a.id < b.id;
              const auto order = CompareVersions(a.version, b.version);
              return order != 0 ? order < 0 : a.version < b.version;
            });
  Json document(rapidjson::kObjectType);
  SetMember(document, document, "catalog", JsonValue(1));
  SetMember(document, document, "name", std::string_view(index.name));
  SetMember(document, document, "serial", JsonValue(index.serial));
  SetMember(document, document, "created", std::string_view(TimeText(index.created)));
  if (index.expires != 0) {
    SetMember(document, document, "expires", std::string_view(TimeText(index.expires)));
  }
  JsonValue packages(rapidjson::kArrayType);
  for (const IndexPackage& package : index.packages) {
    packages.PushBack(PackageJson(document, package), document.GetAllocator());
  }
  SetMember(document, document, "packages", std::move(packages));
  return WritePrettyJson(document) + "\n";
}

}  // namespace connhost
