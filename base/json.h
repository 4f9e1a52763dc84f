// JSON documents (configuration, manifests, catalogs, state, API): RapidJSON with our own rules.
// The data path never uses this.
#pragma once

#include <rapidjson/document.h>

#include <string>
#include <string_view>

namespace connhost {

using Json = rapidjson::Document;
using JsonValue = rapidjson::Value;

// Parses one whole document: UTF-8 checked, real numbers rounded to the nearest double, nothing
// behind it; iterative, so that no depth overflows the stack. Throws Error{kConfig} "WHAT: line 3,
// column 7: ..." on anything else; `what` names the document for the sentence.
Json ParseJson(std::string_view text, const std::string& what);

// True when the text is one JSON number, blanks around it allowed; `value` is then that number:
// Int64 or Uint64 when it is whole and fits, else Double.
bool ReadJsonNumber(std::string_view text, JsonValue& value);

// Compact text; members in document order.
std::string WriteJson(const JsonValue& value);

// Indented by two spaces, for people.
std::string WritePrettyJson(const JsonValue& value);

// The text as a JSON string literal with its quotes. Invalid UTF-8 is replaced by U+FFFD.
std::string QuoteJson(std::string_view text);

inline std::string_view TextOf(const JsonValue& value) {
  return {value.GetString(), value.GetStringLength()};
}

// A member, or nullptr when `object` is no object or lacks it.
const JsonValue* FindMember(const JsonValue& object, std::string_view name);

// Adds or replaces a member, copying name and text.
void SetMember(Json& document, JsonValue& object, std::string_view name, JsonValue value);
void SetMember(Json& document, JsonValue& object, std::string_view name, std::string_view text);

}  // namespace connhost
