#include "manifests/manifest_reader.h"

#include <utility>

#include "manifests/json_pointer.h"
#include "manifests/units.h"

namespace connhost {
namespace {

std::string Text(const JsonValue& root, std::string_view pointer) {
  const JsonValue* value = FindPointer(root, pointer);
  return value == nullptr ? std::string() : std::string(TextOf(*value));
}

std::vector<std::string> Texts(const JsonValue& root, std::string_view pointer) {
  std::vector<std::string> texts;
  const JsonValue* list = FindPointer(root, pointer);
  if (list == nullptr) return texts;
  for (const JsonValue& element : list->GetArray()) texts.emplace_back(TextOf(element));
  return texts;
}

// A whole number of the schema may be spelled 1.0.
template <class Number>
Number Whole(const JsonValue& root, std::string_view pointer, Number fallback) {
  const JsonValue* value = FindPointer(root, pointer);
  return value == nullptr ? fallback : static_cast<Number>(value->GetDouble());
}

void ReadIdentity(const JsonValue& root, Manifest& manifest) {
  manifest.id = Text(root, "/id");
  manifest.version = Text(root, "/version");
  manifest.name = Text(root, "/name");
  manifest.description = Text(root, "/description");
  manifest.publisher = Text(root, "/publisher");
  manifest.license = Text(root, "/license");
  manifest.taxonomy = {Text(root, "/taxonomy/origin"), Text(root, "/taxonomy/source"),
                       Text(root, "/taxonomy/provider"), Text(root, "/taxonomy/product"),
                       Text(root, "/taxonomy/method")};
}

void ReadAbilities(const JsonValue& root, Manifest& manifest) {
  const std::string kind = Text(root, "/kind");
  manifest.source = kind != "destination";
  manifest.destination = kind != "source";
  manifest.abi = Whole(root, "/abi", 0);
  for (const auto& member : root["platforms"].GetObject()) {
    manifest.platforms.emplace(TextOf(member.name), TextOf(member.value));
  }
  manifest.capabilities = Texts(root, "/capabilities");
  manifest.runners = Texts(root, "/runners");
  manifest.parallel_streams = Whole(root, "/parallel_streams", manifest.parallel_streams);
}

void ReadGrants(const JsonValue& root, Manifest& manifest) {
  manifest.network_patterns = Texts(root, "/network/patterns");
  if (FindPointer(root, "/network/native") != nullptr) {
    manifest.native_network =
        NativeNetwork{Text(root, "/network/native/host"), Text(root, "/network/native/port"),
                      Text(root, "/network/native/url"),
                      Whole(root, "/network/native/default_port", uint16_t{0})};
  }
  manifest.read_paths = Texts(root, "/files/read");
  manifest.write_paths = Texts(root, "/files/write");
  manifest.secrets = Texts(root, "/secrets");
}

void ReadStreams(const JsonValue& root, Manifest& manifest) {
  if (const JsonValue* streams = FindMember(root, "streams")) {
    for (const JsonValue& stream : streams->GetArray()) {
      manifest.streams.push_back(
          {Text(stream, "/name"), Texts(stream, "/key"), Text(stream, "/cursor")});
    }
  }
  manifest.state_writes = Text(root, "/state/writes");
  manifest.state_reads = Texts(root, "/state/reads");
}

void ReadLimits(const JsonValue& root, Manifest& manifest) {
  WorkerLimits& limits = manifest.limits;
  limits.memory_bytes = ParseSize(Text(root, "/limits/memory")).value_or(limits.memory_bytes);
  limits.cpu_seconds = ParseSeconds(Text(root, "/limits/cpu")).value_or(limits.cpu_seconds);
  limits.idle_timeout_seconds =
      ParseSeconds(Text(root, "/limits/idle_timeout")).value_or(limits.idle_timeout_seconds);
}

}  // namespace

Manifest ReadManifest(Json document) {
  Manifest manifest;
  ReadIdentity(document, manifest);
  ReadAbilities(document, manifest);
  ReadGrants(document, manifest);
  ReadStreams(document, manifest);
  ReadLimits(document, manifest);
  manifest.compliance = {Texts(document, "/compliance/sensitive_data"),
                         Texts(document, "/compliance/data_residency"),
                         Texts(document, "/compliance/security_controls")};
  manifest.config_schema.CopyFrom(document["config"], manifest.config_schema.GetAllocator());
  manifest.document = std::move(document);
  return manifest;
}

}  // namespace connhost
