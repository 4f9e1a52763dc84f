#include "host/fetch/fetch_request.h"

#include "base/error.h"
#include "base/json.h"

namespace connhost {
namespace {

const JsonValue& Member(const JsonValue& object, std::string_view name) {
  const JsonValue* value = FindMember(object, name);
  if (value == nullptr) {
    throw Error(ErrorKind::kInternal, "connhost-fetch: '" + std::string(name) + "' is missing");
  }
  return *value;
}

std::string Text(const JsonValue& object, std::string_view name) {
  const JsonValue& value = Member(object, name);
  if (!value.IsString()) {
    throw Error(ErrorKind::kInternal, "connhost-fetch: '" + std::string(name) + "' is no text");
  }
  return std::string(TextOf(value));
}

uint64_t Number(const JsonValue& object, std::string_view name) {
  const JsonValue& value = Member(object, name);
  if (!value.IsUint64()) {
    throw Error(ErrorKind::kInternal, "connhost-fetch: '" + std::string(name) + "' is no number");
  }
  return value.GetUint64();
}

bool Flag(const JsonValue& object, std::string_view name) {
  const JsonValue& value = Member(object, name);
  return value.IsBool() && value.GetBool();
}

ErrorKind KindOf(const std::string& name) {
  for (const ErrorKind kind : {ErrorKind::kConfig, ErrorKind::kAuth, ErrorKind::kTransient,
                               ErrorKind::kThrottled, ErrorKind::kPolicy}) {
    if (name == ErrorKindName(kind)) return kind;
  }
  return ErrorKind::kInternal;
}

}  // namespace

std::string WriteFetchRequest(const FetchRequest& request) {
  Json document(rapidjson::kObjectType);
  SetMember(document, document, "url", std::string_view(request.url));
  SetMember(document, document, "output", std::string_view(request.output));
  SetMember(document, document, "most_bytes", JsonValue(request.most_bytes));
  SetMember(document, document, "resume", JsonValue(request.resume));
  SetMember(document, document, "allow_http", JsonValue(request.allow_http));
  SetMember(document, document, "connect_seconds", JsonValue(request.connect_seconds));
  SetMember(document, document, "stall_seconds", JsonValue(request.stall_seconds));
  return WriteJson(document);
}

FetchRequest ParseFetchRequest(std::string_view text) {
  const Json document = ParseJson(text, "the request");
  FetchRequest request;
  request.url = Text(document, "url");
  request.output = Text(document, "output");
  request.most_bytes = Number(document, "most_bytes");
  request.resume = Flag(document, "resume");
  request.allow_http = Flag(document, "allow_http");
  request.connect_seconds = static_cast<uint32_t>(Number(document, "connect_seconds"));
  request.stall_seconds = static_cast<uint32_t>(Number(document, "stall_seconds"));
  return request;
}

std::string WriteFetchAnswer(const FetchAnswer& answer) {
  Json document(rapidjson::kObjectType);
  SetMember(document, document, "bytes", JsonValue(answer.bytes));
  SetMember(document, document, "resumed", JsonValue(answer.resumed));
  return WriteJson(document);
}

std::string WriteFetchError(const Error& error) {
  Json document(rapidjson::kObjectType);
  SetMember(document, document, "kind", std::string_view(ErrorKindName(error.kind())));
  SetMember(document, document, "error", std::string_view(error.what()));
  return WriteJson(document);
}

FetchAnswer ParseFetchAnswer(std::string_view text) {
  const Json document = ParseJson(text, "the answer of connhost-fetch");
  if (FindMember(document, "error") != nullptr) {
    throw Error(KindOf(Text(document, "kind")), Text(document, "error"));
  }
  return {Number(document, "bytes"), Flag(document, "resumed")};
}

}  // namespace connhost
