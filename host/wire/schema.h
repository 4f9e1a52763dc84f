// The columns of a stream on the wire and in the registry. Format: docs/formats/frame.md "Schema".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

struct ArrowSchema;

namespace connhost {

enum class ColumnType : uint8_t {
  kBool = 1,
  kInt64,
  kFloat64,
  kUtf8,
  kBinary,
  kDate32,
  kTimestamp,
  kTimestampTz,
  kDecimal128,
  kJson,
  kNumber,
};

inline bool IsVariable(ColumnType type) {
  return type == ColumnType::kUtf8 || type == ColumnType::kBinary || type == ColumnType::kJson ||
         type == ColumnType::kNumber;
}
inline bool IsText(ColumnType type) {
  return IsVariable(type) && type != ColumnType::kBinary;
}

// Bytes of one value of a fixed-size type; 0 for bool (bits) and variable-size types.
size_t FixedWidth(ColumnType type);

struct Column {
  std::string name;
  ColumnType type = ColumnType::kUtf8;
  bool nullable = true;
  uint8_t precision = 0;  // decimal128
  uint8_t scale = 0;
  std::string native{};  // the type in the source's own words, "postgresql:uuid"; or ""

  bool operator==(const Column&) const = default;
  std::string TypeName() const;  // "int64", "decimal128(12,2)"
};

struct Schema {
  std::vector<Column> columns;

  bool operator==(const Schema&) const = default;
  int Find(std::string_view name) const;  // index or -1
};

std::string EncodeSchema(const Schema& schema);
Schema DecodeSchema(std::string_view payload,
                    uint64_t columns);  // Error{kInternal} "protocol fault: ..."

// From and to the plugin contract. FromArrow throws Error{kInternal} naming the column and the
// format that is outside the profile; it leaves `schema` to its owner. ToArrow fills `out`, which
// owns all it points to and is released by the caller.
Schema SchemaFromArrow(const ArrowSchema& schema);
void SchemaToArrow(const Schema& schema, ArrowSchema* out);

// [{"name","type","nullable","native"}], as in catalogs and stream_registry; without "nullable" a
// field is nullable, and most have no "native". The value of ToJson lives in the allocator of
// `document`. FromJson throws Error{kInternal} "schema: field 2 'id': ...", also on unknown keys.
JsonValue SchemaToJson(const Schema& schema, Json* document);
Schema SchemaFromJson(const JsonValue& fields);

}  // namespace connhost
