#include "base/json.h"

#include <rapidjson/error/en.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/error.h"
#include "base/text.h"

namespace connhost {
namespace {

// RapidJSON 1.1 converts some real numbers wrong (0e93 becomes 6.2e290) and reads beyond its table
// of powers for others (400 digits), so it hands us each number as text.
constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseValidateEncodingFlag;

// Builds a document from the events of the reader.
class Builder {
 public:
  explicit Builder(Json& document) : document_(document) {}

  bool Null() { return document_.Null(); }
  bool Bool(bool value) { return document_.Bool(value); }
  bool String(const char* text, rapidjson::SizeType size, bool copy) {
    return document_.String(text, size, copy);
  }
  bool StartObject() { return document_.StartObject(); }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    return document_.Key(text, size, copy);
  }
  bool EndObject(rapidjson::SizeType members) { return document_.EndObject(members); }
  bool StartArray() { return document_.StartArray(); }
  bool EndArray(rapidjson::SizeType elements) { return document_.EndArray(elements); }

  // `text` ends with a zero byte; false when its number is beyond a double.
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    int64_t integer = 0;
    if (IsWhole(std::from_chars(text, text + size, integer), text + size)) {
      return document_.Int64(integer);
    }
    uint64_t natural = 0;
    if (IsWhole(std::from_chars(text, text + size, natural), text + size)) {
      return document_.Uint64(natural);
    }
    const double real = std::strtod(text, nullptr);
    return std::isfinite(real) && document_.Double(real);
  }

  // Never called: all numbers come as text.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }

 private:
  static bool IsWhole(std::from_chars_result result, const char* end) {
    return result.ec == std::errc() && result.ptr == end;
  }

  Json& document_;
};

rapidjson::ParseResult Read(std::string_view text, Json& document) {
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(bytes);
  rapidjson::Reader reader;
  auto read = [&](Json& handler) {
    Builder builder(handler);
    return !reader.Parse<kFlags>(input, builder).IsError();
  };
  document.Populate(read);
  return {reader.GetParseErrorCode(), reader.GetErrorOffset()};
}

// The only event that refuses is a number's.
const char* Reason(rapidjson::ParseErrorCode code) {
  return rapidjson::GetParseError_En(
      code == rapidjson::kParseErrorTermination ? rapidjson::kParseErrorNumberTooBig : code);
}

rapidjson::SizeType Size(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

Json ParseJson(std::string_view text, const std::string& what) {
  Json document;
  const rapidjson::ParseResult result = Read(text, document);
  if (result.IsError()) {
    const TextPosition at = PositionOf(text, result.Offset());
    throw Error(ErrorKind::kConfig, what + ": line " + std::to_string(at.line) + ", column " +
                                        std::to_string(at.column) +
                                        ": not valid JSON: " + Reason(result.Code()));
  }
  return document;
}

bool ReadJsonNumber(std::string_view text, JsonValue& value) {
  Json number;
  if (Read(text, number).IsError() || !number.IsNumber()) return false;
  value.CopyFrom(number, number.GetAllocator());
  return true;
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
