#include "host/wire/schema.h"

#include <algorithm>
#include <unordered_set>

#include "host/wire/fault.h"
#include "host/wire/schema_rules.h"
#include "host/wire/utf8.h"

namespace connhost {
namespace {

constexpr unsigned kMostDigits = 38;
constexpr size_t kLongestNative = 256;

std::string FindNativeFault(const Column& column, const std::string& name) {
  if (column.native.size() > kLongestNative) {
    return name + ": its native type has " + std::to_string(column.native.size()) +
           " bytes; at most " + std::to_string(kLongestNative) + " are allowed";
  }
  const bool text = IsUtf8(column.native) && column.native.find('\0') == std::string::npos;
  return text ? "" : name + ": its native type is not valid UTF-8, or holds a NUL byte";
}

std::string FindColumnFault(const Column& column, size_t index) {
  const std::string place = "column " + std::to_string(index + 1);
  if (column.name.empty()) return place + " has no name; every column needs one";
  const std::string name = place + " " + QuoteName(column.name);
  if (!IsUtf8(column.name)) return name + ": the name is not valid UTF-8";
  if (column.name.find('\0') != std::string::npos) return name + ": the name holds a NUL byte";
  std::string native = FindNativeFault(column, name);
  if (!native.empty()) return native;
  const unsigned precision = column.precision, scale = column.scale;
  const std::string found = "; found " + std::to_string(precision) + "," + std::to_string(scale);
  if (column.type != ColumnType::kDecimal128) {
    return precision == 0 && scale == 0
               ? ""
               : name + ": only decimal128 has a precision and a scale" + found;
  }
  const bool fits = precision >= 1 && precision <= kMostDigits && scale <= precision;
  return fits ? ""
              : name +
                    ": decimal128 needs a precision of 1 to 38 and a scale of 0 to the precision" +
                    found;
}

}  // namespace

size_t FixedWidth(ColumnType type) {
  switch (type) {
    case ColumnType::kInt64:
    case ColumnType::kFloat64:
    case ColumnType::kTimestamp:
    case ColumnType::kTimestampTz:
      return 8;
    case ColumnType::kDate32:
      return 4;
    case ColumnType::kDecimal128:
      return 16;
    default:
      return 0;
  }
}

std::string Column::TypeName() const {
  switch (type) {
    case ColumnType::kBool:
      return "bool";
    case ColumnType::kInt64:
      return "int64";
    case ColumnType::kFloat64:
      return "float64";
    case ColumnType::kUtf8:
      return "utf8";
    case ColumnType::kBinary:
      return "binary";
    case ColumnType::kDate32:
      return "date32";
    case ColumnType::kTimestamp:
      return "timestamp";
    case ColumnType::kTimestampTz:
      return "timestamptz";
    case ColumnType::kJson:
      return "json";
    case ColumnType::kNumber:
      return "number";
    case ColumnType::kDecimal128:
      break;
  }
  return "decimal128(" + std::to_string(precision) + "," + std::to_string(scale) + ")";
}

int Schema::Find(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

std::string FindSchemaFault(const Schema& schema) {
  if (schema.columns.size() > kMaxColumns) {
    return "a stream has " + std::to_string(schema.columns.size()) + " columns; at most " +
           std::to_string(kMaxColumns) + " are allowed";
  }
  std::unordered_set<std::string_view> seen;
  for (size_t i = 0; i < schema.columns.size(); ++i) {
    const Column& column = schema.columns[i];
    std::string fault = FindColumnFault(column, i);
    if (!fault.empty()) return fault;
    if (!seen.insert(column.name).second) {
      return "column " + std::to_string(i + 1) + " " + QuoteName(column.name) +
             ": an earlier column has the same name";
    }
  }
  return "";
}

}  // namespace connhost
