// type, enum, const, numbers and text.
#include <algorithm>

#include "base/text.h"
#include "manifests/json_values.h"
#include "manifests/schema_checker.h"

namespace connhost {
namespace {

std::string OneOf(const JsonValue& allowed) {
  constexpr rapidjson::SizeType kMostShown = 30;
  std::vector<std::string> words;
  for (rapidjson::SizeType i = 0; i < std::min(allowed.Size(), kMostShown); ++i) {
    words.push_back(ShownValue(allowed[i]));
  }
  if (allowed.Size() > kMostShown) {
    words.push_back(std::to_string(allowed.Size() - kMostShown) + " more");
  }
  return words.size() == 1 ? words.front() : "one of " + JoinWords(words, "or");
}

std::string Suggestion(const JsonValue& allowed, const JsonValue& value) {
  if (!value.IsString() || value.GetStringLength() < 2) return "";
  std::vector<std::string> words;
  for (const JsonValue& one : allowed.GetArray()) {
    if (one.IsString()) words.emplace_back(TextOf(one));
  }
  return DidYouMean(TextOf(value), words);
}

std::string Found(const std::string& expected, const JsonValue& value) {
  return "expected " + expected + ", found " + ShownValue(value);
}

// Numbers and true need quotes in YAML where text is meant, unless they would be wrong in quotes
// too.
std::string WrongType(const SchemaNode& node, const JsonValue& value) {
  const bool scalar = value.IsNumber() || value.IsBool();
  const bool text_allowed = (node.types & kStringType) != 0;
  const bool quoted_would_do =
      text_allowed && scalar && (!node.pattern || node.pattern->Matches(WriteJson(value)));
  const bool phrase = node.types == kStringType && !node.expected.empty();
  return Found(phrase ? node.expected : DescribeTypes(node.types), value) +
         (quoted_would_do ? " (write it in quotes)" : "");
}

}  // namespace

bool SchemaChecker::CheckType(const SchemaNode& node, const JsonValue& value,
                              const PointerStep* at) {
  if (node.types == 0 || (node.types & TypesOf(value)) != 0) return true;
  const auto sentence = [&] { return WrongType(node, value); };
  Fail(FaultKind::kType, at, sentence, node.types);
  return false;
}

void SchemaChecker::CheckEnumeration(const SchemaNode& node, const JsonValue& value,
                                     const PointerStep* at) {
  if (node.constant != nullptr && !JsonEqual(*node.constant, value)) {
    Fail(FaultKind::kValue, at, [&] { return Found(ShownValue(*node.constant), value); });
  }
  if (node.enumeration == nullptr || !Charge(node.enumeration->Size())) return;
  const bool allowed = std::any_of(node.enumeration->Begin(), node.enumeration->End(),
                                   [&](const JsonValue& one) { return JsonEqual(one, value); });
  if (allowed) return;
  Fail(FaultKind::kValue, at, [&] {
    return Found(OneOf(*node.enumeration), value) + Suggestion(*node.enumeration, value);
  });
}

void SchemaChecker::CheckNumber(const SchemaNode& node, const JsonValue& value,
                                const PointerStep* at) {
  const long double number = NumberOf(value);
  const auto require = [&](bool holds, const char* words, const JsonValue& limit) {
    if (holds) return;
    Fail(FaultKind::kOther, at, [&] { return Found(words + WriteJson(limit), value); });
  };
  if (node.minimum != nullptr) {
    require(number >= NumberOf(*node.minimum), "a number of at least ", *node.minimum);
  }
  if (node.maximum != nullptr) {
    require(number <= NumberOf(*node.maximum), "a number of at most ", *node.maximum);
  }
  if (node.exclusive_minimum != nullptr) {
    const bool holds = number > NumberOf(*node.exclusive_minimum);
    require(holds, "a number above ", *node.exclusive_minimum);
  }
  if (node.exclusive_maximum != nullptr) {
    const bool holds = number < NumberOf(*node.exclusive_maximum);
    require(holds, "a number below ", *node.exclusive_maximum);
  }
  if (node.multiple_of != nullptr) {
    require(IsMultipleOf(value, *node.multiple_of), "a multiple of ", *node.multiple_of);
  }
}

void SchemaChecker::CheckText(const SchemaNode& node, const JsonValue& value,
                              const PointerStep* at) {
  const std::string_view text = TextOf(value);
  constexpr size_t kBytesAStep = 64;
  if (!Charge(text.size() / kBytesAStep)) return;
  CheckSize(node.characters, CharacterCount(text), "character", at);
  if (node.pattern != nullptr && !node.pattern->Matches(text)) {
    Fail(FaultKind::kOther, at, [&] {
      const std::string shape = "text that matches " + ShownText(node.pattern->text());
      return Found(node.expected.empty() ? shape : node.expected, value);
    });
  }
  if (node.format != nullptr && !node.format->accepts(text)) {
    Fail(FaultKind::kOther, at, [&] { return Found(node.format->expected, value); });
  }
}

void SchemaChecker::CheckSize(const SizeLimits& limits, size_t size, const char* unit,
                              const PointerStep* at) {
  const auto fail = [&](const char* bound, uint64_t limit) {
    Fail(FaultKind::kOther, at, [&] {
      return "expected at " + std::string(bound) + " " + std::to_string(limit) + " " + unit +
             (limit == 1 ? "" : "s") + ", found " + std::to_string(size);
    });
  };
  if (size < limits.least) fail("least", limits.least);
  if (size > limits.most) fail("most", limits.most);
}

}  // namespace connhost
