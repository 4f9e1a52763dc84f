#include "host/run/connection_spec.h"

#include "base/error.h"
#include "manifests/json_schema.h"

namespace connhost {
namespace {

constexpr char kSchema[] = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "definitions": {
    "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$",
             "x-expected": "lowercase letters, digits, '-' and '_' (at most 64)"},
    "endpoint": {
      "type": "object", "additionalProperties": false, "required": ["connector"],
      "properties": {
        "connector": {"$ref": "#/definitions/name"},
        "version": {"type": "string"},
        "config": {"type": "object"}
      }
    },
    "stream": {
      "type": "object", "additionalProperties": false, "required": ["name"],
      "properties": {
        "name": {"type": "string", "minLength": 1},
        "sync": {"enum": ["full", "incremental", "cdc"]},
        "write": {"enum": ["append", "upsert", "overwrite", "history"]},
        "cursor": {"type": "string", "minLength": 1},
        "since": {"type": "string"},
        "key": {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": true}
      }
    }
  },
  "type": "object", "additionalProperties": false,
  "required": ["apiVersion", "kind", "tenant", "name", "source", "destination"],
  "properties": {
    "apiVersion": {"const": "connhost/v1"},
    "kind": {"const": "Connection"},
    "tenant": {"$ref": "#/definitions/name"},
    "name": {"$ref": "#/definitions/name"},
    "source": {"$ref": "#/definitions/endpoint"},
    "destination": {"$ref": "#/definitions/endpoint"},
    "streams": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/stream"}},
    "schedule": {"type": "string"}
  }
})json";

std::string Text(const JsonValue& object, const char* name, const std::string& fallback = "") {
  const JsonValue* value = FindMember(object, name);
  return value == nullptr ? fallback : std::string(TextOf(*value));
}

EndpointSpec ReadEndpoint(const JsonValue& value) {
  EndpointSpec endpoint;
  endpoint.connector = Text(value, "connector");
  endpoint.version = Text(value, "version", "*");
  endpoint.config.SetObject();
  if (const JsonValue* config = FindMember(value, "config")) {
    endpoint.config.CopyFrom(*config, endpoint.config.GetAllocator());
  }
  return endpoint;
}

StreamSpec ReadStream(const JsonValue& value) {
  StreamSpec stream{Text(value, "name"),   Text(value, "sync"),  Text(value, "write"),
                    Text(value, "cursor"), Text(value, "since"), {}};
  if (const JsonValue* key = FindMember(value, "key")) {
    for (const JsonValue& column : key->GetArray()) stream.key.emplace_back(TextOf(column));
  }
  return stream;
}

void CheckStreams(const ConnectionSpec& spec, const std::string& what) {
  for (size_t i = 0; i < spec.streams.size(); ++i) {
    const StreamSpec& stream = spec.streams[i];
    for (size_t j = 0; j < i; ++j) {
      if (spec.streams[j].name == stream.name) {
        throw Error(ErrorKind::kConfig, what + ": streams[" + std::to_string(i) +
                                            "]: the stream '" + stream.name + "' is listed twice");
      }
    }
    const bool goes_on = stream.sync == "incremental" || stream.sync == "cdc";
    if (goes_on && stream.write == "overwrite") {
      throw Error(ErrorKind::kConfig, what + ": stream '" + stream.name +
                                          "': 'sync: " + stream.sync +
                                          "' reads only what is new, so 'write: overwrite' would "
                                          "lose the rest; use 'append', or 'sync: full'");
    }
  }
}

}  // namespace

ConnectionSpec ReadConnectionSpec(const JsonValue& document, const std::string& what,
                                  const Place* places) {
  static const JsonSchema schema =
      JsonSchema::CompileOrThrow(ParseJson(kSchema, "connection schema"), "connection schema");
  std::vector<Finding> findings = schema.Validate(document);
  if (places != nullptr) LocateFindings(findings, *places);
  if (!findings.empty()) throw Error(ErrorKind::kConfig, FormatFindings(what, findings));
  ConnectionSpec spec;
  spec.tenant = Text(document, "tenant");
  spec.name = Text(document, "name");
  spec.source = ReadEndpoint(*FindMember(document, "source"));
  spec.destination = ReadEndpoint(*FindMember(document, "destination"));
  spec.schedule = Text(document, "schedule");
  if (const JsonValue* streams = FindMember(document, "streams")) {
    for (const JsonValue& stream : streams->GetArray()) spec.streams.push_back(ReadStream(stream));
  }
  CheckStreams(spec, what);
  return spec;
}

ConnectionSpec StoredConnectionSpec(const std::string& text, const std::string& label) {
  return ReadConnectionSpec(ParseJson(text, "connection " + label), "connection " + label);
}

}  // namespace connhost
