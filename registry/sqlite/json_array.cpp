#include "registry/sqlite/json_array.h"

#include "base/error.h"
#include "base/json.h"

namespace connhost {

std::string ToJsonArray(const std::vector<std::string>& texts) {
  std::string json;
  for (const std::string& text : texts) json += (json.empty() ? "" : ",") + QuoteJson(text);
  return "[" + json + "]";
}

std::vector<std::string> FromJsonArray(const std::string& json, const std::string& column) {
  std::vector<std::string> texts;
  const Json array = ParseJson(json, column);
  if (!array.IsArray())
    throw Error(ErrorKind::kInternal, column + ": expected a list, found " + json);
  for (const JsonValue& value : array.GetArray()) texts.emplace_back(TextOf(value));
  return texts;
}

}  // namespace connhost
