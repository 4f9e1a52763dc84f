// What JSON Schema says of values: equality, types and numbers by value, not by spelling.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/json.h"

namespace connhost {

// Bits of a set of JSON Schema types. A whole number is both kInteger and kNumber.
enum JsonType : unsigned {
  kNullType = 1,
  kBooleanType = 2,
  kIntegerType = 4,
  kNumberType = 8,
  kStringType = 16,
  kArrayType = 32,
  kObjectType = 64,
};

// The types a value has; 1.0 is an integer.
unsigned TypesOf(const JsonValue& value);

// The bit of "null", "boolean", ..., or 0.
unsigned TypeNamed(std::string_view name);

// "text, a list or null": for sentences.
std::string DescribeTypes(unsigned types);

// Deep equality: 1 equals 1.0, members in any order. REQUIRES a document of bounded depth.
bool JsonEqual(const JsonValue& a, const JsonValue& b);

// Equal values have equal hashes. REQUIRES a document of bounded depth.
size_t JsonHash(const JsonValue& value);

// A number without loss: 64 bits of mantissa hold every int64, uint64 and double.
long double NumberOf(const JsonValue& value);

// Whether `value` is a multiple of `divisor` (> 0); for fractions, up to rounding of the decimals.
bool IsMultipleOf(const JsonValue& value, const JsonValue& divisor);

// Characters, not bytes.
size_t CharacterCount(std::string_view text);

}  // namespace connhost
