// JSON Pointers (RFC 6901), and paths that cost nothing until somebody asks for their text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace connhost {

// One step of a path from a document's root; nullptr is the root itself. Steps link upwards, so
// that a walk of any size holds one step a level instead of one text a value. The key's bytes and
// the parent belong to the caller and must outlive the step.
struct PointerStep {
  const PointerStep* parent = nullptr;
  std::string_view key;
  size_t index = 0;
  bool is_index = false;

  static PointerStep Key(const PointerStep* parent, std::string_view key) {
    return {parent, key, 0, false};
  }
  static PointerStep Index(const PointerStep* parent, size_t index) {
    return {parent, {}, index, true};
  }
};

// "/streams/0/key".
std::string PointerText(const PointerStep* step);

// Levels below the root.
size_t PointerDepth(const PointerStep* step);

// '~' as "~0" and '/' as "~1".
std::string EscapePointerToken(std::string_view token);

// The unescaped tokens; empty for the root. A missing leading '/' is taken as given.
std::vector<std::string> PointerTokens(std::string_view pointer);

// The child a token names: a member, or an element by its decimal index; nullptr when absent.
const JsonValue* PointerChild(const JsonValue& value, std::string_view token);

// The value a pointer names, or nullptr.
const JsonValue* FindPointer(const JsonValue& root, std::string_view pointer);

}  // namespace connhost
