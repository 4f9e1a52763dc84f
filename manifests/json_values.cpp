#include "manifests/json_values.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "base/text.h"

namespace connhost {
namespace {

struct NamedType {
  const char* name;
  unsigned bit;
  const char* sentence;
};

constexpr NamedType kTypes[] = {
    {"string", kStringType, "text"},
    {"number", kNumberType, "a number"},
    {"integer", kIntegerType, "a whole number"},
    {"boolean", kBooleanType, "true or false"},
    {"array", kArrayType, "a list"},
    {"object", kObjectType, "a mapping"},
    {"null", kNullType, "null"},
};

bool ObjectsEqual(const JsonValue& a, const JsonValue& b) {
  if (a.MemberCount() != b.MemberCount()) return false;
  return std::all_of(a.MemberBegin(), a.MemberEnd(), [&](const auto& member) {
    const auto other = b.FindMember(member.name);
    return other != b.MemberEnd() && JsonEqual(member.value, other->value);
  });
}

bool ArraysEqual(const JsonValue& a, const JsonValue& b) {
  return a.Size() == b.Size() && std::equal(a.Begin(), a.End(), b.Begin(), JsonEqual);
}

}  // namespace

unsigned TypesOf(const JsonValue& value) {
  if (value.IsNull()) return kNullType;
  if (value.IsBool()) return kBooleanType;
  if (value.IsString()) return kStringType;
  if (value.IsArray()) return kArrayType;
  if (value.IsObject()) return kObjectType;
  const bool whole = !value.IsDouble() || std::trunc(value.GetDouble()) == value.GetDouble();
  return whole ? kIntegerType | kNumberType : kNumberType;
}

unsigned TypeNamed(std::string_view name) {
  for (const NamedType& type : kTypes) {
    if (name == type.name) return type.bit;
  }
  return 0;
}

std::string DescribeTypes(unsigned types) {
  std::vector<std::string> words;
  for (const NamedType& type : kTypes) {
    if ((types & type.bit) != 0) words.emplace_back(type.sentence);
  }
  return JoinWords(words, "or");
}

bool JsonEqual(const JsonValue& a, const JsonValue& b) {
  if (a.IsNumber() && b.IsNumber()) return NumberOf(a) == NumberOf(b);
  if (a.GetType() != b.GetType()) return false;
  if (a.IsString()) return TextOf(a) == TextOf(b);
  if (a.IsArray()) return ArraysEqual(a, b);
  if (a.IsObject()) return ObjectsEqual(a, b);
  return true;
}

size_t JsonHash(const JsonValue& value) {
  const std::hash<std::string_view> text_hash;
  if (value.IsString()) return text_hash(TextOf(value));
  if (value.IsNumber()) return std::hash<double>()(value.GetDouble());
  size_t hash = static_cast<size_t>(value.GetType()) + 1;
  if (value.IsArray()) {
    for (const JsonValue& element : value.GetArray())
      hash = hash * 1099511628211U + JsonHash(element);
  } else if (value.IsObject()) {
    // A sum, because the order of members does not count.
    for (const auto& member : value.GetObject()) {
      hash +=
          (text_hash(TextOf(member.name)) ^ 0x9E3779B97F4A7C15U) * (JsonHash(member.value) | 1U);
    }
  }
  return hash;
}

long double NumberOf(const JsonValue& value) {
  if (value.IsInt64()) return static_cast<long double>(value.GetInt64());
  if (value.IsUint64()) return static_cast<long double>(value.GetUint64());
  return static_cast<long double>(value.GetDouble());
}

bool IsMultipleOf(const JsonValue& value, const JsonValue& divisor) {
  const long double number = NumberOf(value);
  const long double unit = NumberOf(divisor);
  if (std::trunc(number) == number && std::trunc(unit) == unit) return std::fmod(number, unit) == 0;
  const double quotient = value.GetDouble() / divisor.GetDouble();
  if (!std::isfinite(quotient)) return false;
  constexpr double kRounding = 1e-12;
  return std::abs(quotient - std::nearbyint(quotient)) <=
         kRounding * std::max(1.0, std::abs(quotient));
}

size_t CharacterCount(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace connhost
