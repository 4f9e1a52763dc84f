#include "manifests/yaml_scalars.h"

#include <algorithm>
#include <array>

#include "base/json.h"

namespace connhost {
namespace {

constexpr std::array<std::string_view, 3> kTrue = {"true", "True", "TRUE"};
constexpr std::array<std::string_view, 3> kFalse = {"false", "False", "FALSE"};
constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};

template <size_t N>
bool IsOneOf(const std::array<std::string_view, N>& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

bool ReadPlainScalar(std::string_view text, JsonValue& value) {
  if (IsOneOf(kTrue, text) || IsOneOf(kFalse, text)) {
    value.SetBool(IsOneOf(kTrue, text));
    return true;
  }
  if (IsOneOf(kNull, text)) {
    value.SetNull();
    return true;
  }
  const bool may_be_number = text.front() == '-' || (text.front() >= '0' && text.front() <= '9');
  return may_be_number && ReadJsonNumber(text, value);
}

}  // namespace connhost
