#include "base/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "base/error.h"
#include "base/json_zeros.h"
#include "base/text.h"

namespace connhost {
namespace {

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag |
                            rapidjson::kParseValidateEncodingFlag;

rapidjson::SizeType Size(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

Json ParseJson(std::string_view text, const std::string& what) {
  const auto mended = MendLongZeros(text);
  Json document;
  document.Parse<kFlags>(mended ? mended->data() : text.data(), text.size());
  if (document.HasParseError()) {
    const TextPosition at = PositionOf(text, document.GetErrorOffset());
    throw Error(ErrorKind::kConfig, what + ": line " + std::to_string(at.line) + ", column " +
                                        std::to_string(at.column) + ": not valid JSON: " +
                                        rapidjson::GetParseError_En(document.GetParseError()));
  }
  return document;
}

std::string WriteJson(const JsonValue& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string WritePrettyJson(const JsonValue& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  writer.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string QuoteJson(std::string_view text) {
  const std::string clean = ReplaceInvalidUtf8(text);
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(clean.data(), Size(clean));
  return {buffer.GetString(), buffer.GetSize()};
}

const JsonValue* FindMember(const JsonValue& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  const JsonValue key(name.data(), Size(name));
  const auto found = object.FindMember(key);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

void SetMember(Json& document, JsonValue& object, std::string_view name, JsonValue value) {
  const JsonValue key(name.data(), Size(name));
  const auto found = object.FindMember(key);
  if (found != object.MemberEnd()) {
    found->value = std::move(value);
    return;
  }
  JsonValue copied(name.data(), Size(name), document.GetAllocator());
  object.AddMember(std::move(copied), std::move(value), document.GetAllocator());
}

void SetMember(Json& document, JsonValue& object, std::string_view name, std::string_view text) {
  JsonValue copied(text.data(), Size(text), document.GetAllocator());
  SetMember(document, object, name, std::move(copied));
}

}  // namespace connhost
