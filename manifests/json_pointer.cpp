#include "manifests/json_pointer.h"

#include <charconv>

#include "base/text.h"

namespace connhost {
namespace {

std::string Unescape(std::string_view token) {
  std::string text;
  for (size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size();
    if (escape && (token[i + 1] == '0' || token[i + 1] == '1')) {
      text += token[++i] == '0' ? '~' : '/';
    } else {
      text += token[i];
    }
  }
  return text;
}

}  // namespace

std::string PointerText(const PointerStep* step) {
  std::vector<const PointerStep*> steps;
  for (; step != nullptr; step = step->parent) steps.push_back(step);
  std::string text;
  for (auto at = steps.rbegin(); at != steps.rend(); ++at) {
    text += "/";
    text += (*at)->is_index ? std::to_string((*at)->index) : EscapePointerToken((*at)->key);
  }
  return text;
}

size_t PointerDepth(const PointerStep* step) {
  size_t depth = 0;
  for (; step != nullptr; step = step->parent) ++depth;
  return depth;
}

std::string EscapePointerToken(std::string_view token) {
  std::string text;
  for (const char c : token) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

std::vector<std::string> PointerTokens(std::string_view pointer) {
  if (pointer.empty()) return {};
  if (pointer.front() == '/') pointer.remove_prefix(1);
  std::vector<std::string> tokens = Split(pointer, '/');
  for (std::string& token : tokens) token = Unescape(token);
  return tokens;
}

const JsonValue* PointerChild(const JsonValue& value, std::string_view token) {
  if (value.IsObject()) return FindMember(value, token);
  if (!value.IsArray()) return nullptr;
  rapidjson::SizeType index = 0;
  const char* end = token.data() + token.size();
  const auto [stop, fault] = std::from_chars(token.data(), end, index);
  if (fault != std::errc() || stop != end || index >= value.Size()) return nullptr;
  return &value[index];
}

const JsonValue* FindPointer(const JsonValue& root, std::string_view pointer) {
  const JsonValue* value = &root;
  for (const std::string& token : PointerTokens(pointer)) {
    value = PointerChild(*value, token);
    if (value == nullptr) return nullptr;
  }
  return value;
}

}  // namespace connhost
