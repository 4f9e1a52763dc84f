#include "host/cli/state_diff.h"

#include "base/text.h"

namespace connhost {
namespace {

// A key as one step of a pointer.
std::string Step(const JsonValue& key) {
  std::string step = "/";
  for (const char c : TextOf(key)) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

std::optional<std::string> Written(const JsonValue* value) {
  if (value == nullptr) return std::nullopt;
  return WriteJson(*value);
}

void Compare(const std::string& place, const JsonValue* before, const JsonValue* after,
             std::vector<JsonDifference>* found) {
  const bool objects =
      before != nullptr && after != nullptr && before->IsObject() && after->IsObject();
  if (!objects) {
    if (Written(before) != Written(after)) {
      found->push_back({place, Written(before), Written(after)});
    }
    return;
  }
  for (const auto& member : before->GetObject()) {
    Compare(place + Step(member.name), &member.value, FindMember(*after, TextOf(member.name)),
            found);
  }
  for (const auto& member : after->GetObject()) {
    if (FindMember(*before, TextOf(member.name)) != nullptr) continue;
    Compare(place + Step(member.name), nullptr, &member.value, found);
  }
}

}  // namespace

std::vector<JsonDifference> CompareJson(const JsonValue& before, const JsonValue& after) {
  std::vector<JsonDifference> found;
  Compare("", &before, &after, &found);
  return found;
}

}  // namespace connhost
