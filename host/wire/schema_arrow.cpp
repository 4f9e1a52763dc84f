#include <connhost/arrow.h>

#include <charconv>
#include <deque>
#include <memory>

#include "base/error.h"
#include "host/wire/arrow_metadata.h"
#include "host/wire/fault.h"
#include "host/wire/schema.h"
#include "host/wire/schema_rules.h"

namespace connhost {
namespace {

struct PlainFormat {
  const char* format;
  ColumnType type;
};

constexpr PlainFormat kPlainFormats[] = {
    {"b", ColumnType::kBool},         {"l", ColumnType::kInt64},
    {"g", ColumnType::kFloat64},      {"u", ColumnType::kUtf8},
    {"z", ColumnType::kBinary},       {"tdD", ColumnType::kDate32},
    {"tsu:", ColumnType::kTimestamp}, {"tsu:UTC", ColumnType::kTimestampTz}};

[[noreturn]] void Refuse(const std::string& sentence) {
  throw Error(ErrorKind::kInternal, "the Arrow schema: " + sentence);
}

bool ReadDecimal(std::string_view format, Column* column) {
  if (!format.starts_with("d:")) return false;
  const char* end = format.data() + format.size();
  const auto precision = std::from_chars(format.data() + 2, end, column->precision);
  if (precision.ec != std::errc() || precision.ptr == end || *precision.ptr != ',') return false;
  const auto scale = std::from_chars(precision.ptr + 1, end, column->scale);
  column->type = ColumnType::kDecimal128;
  return scale.ec == std::errc() && scale.ptr == end;
}

void ReadFormat(std::string_view format, const std::string& place, Column* column) {
  for (const PlainFormat& plain : kPlainFormats) {
    if (format != plain.format) continue;
    column->type = plain.type;
    return;
  }
  if (ReadDecimal(format, column)) return;
  Refuse(place + ": the format " + QuoteName(format) +
         " is outside the profile; use b, l, g, u, z, tdD, tsu:, tsu:UTC or d:P,S, and put nested "
         "values into a u column tagged arrow.json");
}

void ReadExtension(const char* metadata, const std::string& place, Column* column) {
  const std::string extension = FindArrowMetadata(metadata, kExtensionKey);
  const bool json = extension == kJsonExtension;
  if (!json && extension != kNumberExtension) return;  // by Arrow's rule: taken as its storage type
  if (column->type != ColumnType::kUtf8) {
    Refuse(place + ": the extension " + extension + " needs the format u, found " +
           column->TypeName());
  }
  column->type = json ? ColumnType::kJson : ColumnType::kNumber;
}

Column ReadColumn(const ArrowSchema* child, size_t index) {
  std::string place = "column " + std::to_string(index + 1);
  if (child == nullptr) Refuse(place + " is a NULL pointer");
  Column column;
  if (child->name != nullptr) column.name = child->name;
  place += " " + QuoteName(column.name);
  if (child->release == nullptr) Refuse(place + " was released before it was used");
  if (child->format == nullptr) Refuse(place + " has no format");
  if (child->dictionary != nullptr) Refuse(place + " has a dictionary; emit plain values");
  if (child->n_children != 0) Refuse(place + " has children; columns are flat");
  column.nullable = (child->flags & ARROW_FLAG_NULLABLE) != 0;
  ReadFormat(child->format, place, &column);
  ReadExtension(child->metadata, place, &column);
  column.native = FindArrowMetadata(child->metadata, kNativeKey);
  return column;
}

std::string FormatOf(const Column& column) {
  for (const PlainFormat& plain : kPlainFormats) {
    if (plain.type == column.type) return plain.format;
  }
  if (column.type != ColumnType::kDecimal128) return "u";  // json, number
  return "d:" + std::to_string(column.precision) + "," + std::to_string(column.scale);
}

std::string MetadataOf(const Column& column) {
  std::vector<ArrowPair> pairs;
  if (column.type == ColumnType::kJson) pairs.emplace_back(kExtensionKey, kJsonExtension);
  if (column.type == ColumnType::kNumber) pairs.emplace_back(kExtensionKey, kNumberExtension);
  if (!column.native.empty()) pairs.emplace_back(kNativeKey, column.native);
  return EncodeArrowMetadata(pairs);
}

struct OwnedColumn {
  std::string name, format, metadata;
  ArrowSchema schema;
};

struct OwnedTable {
  std::deque<OwnedColumn> columns;
  std::vector<ArrowSchema*> children;
};

void ReleaseColumn(ArrowSchema* schema) {
  schema->release = nullptr;
}  // the table owns it

void ReleaseTable(ArrowSchema* schema) {
  delete static_cast<OwnedTable*>(schema->private_data);
  schema->release = nullptr;
}

}  // namespace

Schema SchemaFromArrow(const ArrowSchema& schema) {
  if (schema.release == nullptr) Refuse("it was released before it was used");
  if (schema.format == nullptr || std::string_view(schema.format) != "+s") {
    Refuse("expected the format +s (a struct of columns), found " +
           QuoteName(schema.format == nullptr ? "" : schema.format));
  }
  if (schema.n_children < 0 || schema.n_children > static_cast<int64_t>(kMaxColumns)) {
    Refuse(std::to_string(schema.n_children) + " columns; expected at most " +
           std::to_string(kMaxColumns));
  }
  if (schema.n_children > 0 && schema.children == nullptr) Refuse("the columns are a NULL pointer");
  Schema result;
  for (size_t i = 0; i < static_cast<size_t>(schema.n_children); ++i) {
    result.columns.push_back(ReadColumn(schema.children[i], i));
  }
  const std::string fault = FindSchemaFault(result);
  if (!fault.empty()) Refuse(fault);
  return result;
}

void SchemaToArrow(const Schema& schema, ArrowSchema* out) {
  auto table = std::make_unique<OwnedTable>();
  for (const Column& column : schema.columns) {
    OwnedColumn& owned = table->columns.emplace_back(
        OwnedColumn{column.name, FormatOf(column), MetadataOf(column), {}});
    owned.schema.format = owned.format.c_str();
    owned.schema.name = owned.name.c_str();
    owned.schema.metadata = owned.metadata.empty() ? nullptr : owned.metadata.data();
    owned.schema.flags = column.nullable ? ARROW_FLAG_NULLABLE : 0;
    owned.schema.release = ReleaseColumn;
    table->children.push_back(&owned.schema);
  }
  *out = {};
  out->format = "+s";
  out->name = "";
  out->n_children = static_cast<int64_t>(table->children.size());
  out->children = table->children.data();
  out->release = ReleaseTable;
  out->private_data = table.release();
}

}  // namespace connhost
