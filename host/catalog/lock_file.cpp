#include "host/catalog/lock_file.h"

#include "base/json.h"
#include "host/catalog/catalog_schemas.h"
#include "host/catalog/checked_json.h"
#include "manifests/version.h"

namespace connhost {
namespace {

const JsonSchema& Schema() {
  static const JsonSchema schema = JsonSchema::CompileOrThrow(
      ParseJson(kLockSchemaText, "the lock file schema"), "the lock file schema");
  return schema;
}

std::vector<Finding> CheckVersions(const JsonValue& lock) {
  std::vector<Finding> findings;
  for (const auto& member : lock["connectors"].GetObject()) {
    const std::string version(TextOf(member.value["version"]));
    if (TryParseVersion(version)) continue;
    findings.push_back({"/connectors/" + std::string(TextOf(member.name)) + "/version", 0, 0,
                        "'" + version + "' is no semantic version"});
  }
  return findings;
}

}  // namespace

LockFile ParseLockFile(std::string_view text, const std::string& what) {
  const Json document = ParseChecked(text, what, Schema(), CheckVersions);
  LockFile lock;
  for (const auto& member : document["connectors"].GetObject()) {
    LockedConnector& connector = lock[std::string(TextOf(member.name))];
    connector.version = TextOf(member.value["version"]);
    connector.signer = TextOf(member.value["signer"]);
    for (const auto& platform : member.value["platforms"].GetObject()) {
      connector.platforms[std::string(TextOf(platform.name))] = TextOf(platform.value);
    }
  }
  return lock;
}

std::string WriteLockFile(const LockFile& lock) {
  Json document(rapidjson::kObjectType);
  SetMember(document, document, "lock", JsonValue(1));
  JsonValue connectors(rapidjson::kObjectType);
  for (const auto& [id, connector] : lock) {
    JsonValue value(rapidjson::kObjectType);
    SetMember(document, value, "version", std::string_view(connector.version));
    SetMember(document, value, "signer", std::string_view(connector.signer));
    JsonValue platforms(rapidjson::kObjectType);
    for (const auto& [platform, sha256] : connector.platforms) {
      SetMember(document, platforms, platform, std::string_view(sha256));
    }
    SetMember(document, value, "platforms", std::move(platforms));
    SetMember(document, connectors, id, std::move(value));
  }
  SetMember(document, document, "connectors", std::move(connectors));
  return WritePrettyJson(document) + "\n";
}

}  // namespace connhost
