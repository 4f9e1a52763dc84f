#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "host/wire/fault.h"
#include "host/wire/schema.h"
#include "host/wire/schema_rules.h"

namespace connhost {
namespace {

constexpr ColumnType kPlainTypes[] = {
    ColumnType::kBool,   ColumnType::kInt64,  ColumnType::kFloat64,   ColumnType::kUtf8,
    ColumnType::kBinary, ColumnType::kDate32, ColumnType::kTimestamp, ColumnType::kTimestampTz,
    ColumnType::kJson,   ColumnType::kNumber};

[[noreturn]] void Refuse(const std::string& sentence) {
  throw Error(ErrorKind::kInternal, "schema: " + sentence);
}

bool ReadNumber(std::string_view* text, char end, uint8_t* number) {
  const auto [after, fault] = std::from_chars(text->data(), text->data() + text->size(), *number);
  const auto used = static_cast<size_t>(after - text->data());
  if (fault != std::errc() || used >= text->size() || (*text)[used] != end) return false;
  text->remove_prefix(used + 1);
  return true;
}

bool ReadDecimal(std::string_view type, Column* column) {
  constexpr std::string_view kStart = "decimal128(";
  if (!type.starts_with(kStart)) return false;
  type.remove_prefix(kStart.size());
  if (!ReadNumber(&type, ',', &column->precision) || !ReadNumber(&type, ')', &column->scale)) {
    return false;
  }
  column->type = ColumnType::kDecimal128;
  return type.empty();
}

void ReadType(std::string_view type, const std::string& place, Column* column) {
  if (ReadDecimal(type, column)) return;
  std::vector<std::string> known;
  for (const ColumnType candidate : kPlainTypes) {
    column->type = candidate;
    known.push_back(column->TypeName());
    if (known.back() == type) return;
  }
  known.emplace_back("decimal128(P,S)");
  Refuse(place + ": unknown type " + QuoteName(type) + DidYouMean(type, known) + "; expected " +
         JoinWords(known, "or"));
}

std::string_view TextMember(const JsonValue& field, const char* name, const std::string& place) {
  const JsonValue* value = FindMember(field, name);
  if (value == nullptr || !value->IsString()) {
    Refuse(place + ": expected a text '" + name + "'");
  }
  return TextOf(*value);
}

Column ReadField(const JsonValue& field, size_t index) {
  std::string place = "field " + std::to_string(index + 1);
  if (!field.IsObject()) Refuse(place + ": expected an object with name, type and nullable");
  Column column;
  column.name = TextMember(field, "name", place);
  place += " " + QuoteName(column.name);
  for (const auto& member : field.GetObject()) {
    const std::string_view key = TextOf(member.name);
    if (key == "name" || key == "type" || key == "nullable" || key == "native") {
      continue;
    }
    Refuse(place + ": unknown key " + QuoteName(key) +
           DidYouMean(key, {"type", "nullable", "native"}) +
           "; a field has name, type, nullable and native");
  }
  ReadType(TextMember(field, "type", place), place, &column);
  const JsonValue* nullable = FindMember(field, "nullable");
  if (nullable != nullptr && !nullable->IsBool()) {
    Refuse(place + ": expected true or false as 'nullable'");
  }
  column.nullable = nullable == nullptr || nullable->GetBool();
  if (FindMember(field, "native") != nullptr) column.native = TextMember(field, "native", place);
  return column;
}

}  // namespace

JsonValue SchemaToJson(const Schema& schema, Json* document) {
  JsonValue fields(rapidjson::kArrayType);
  for (const Column& column : schema.columns) {
    JsonValue field(rapidjson::kObjectType);
    SetMember(*document, field, "name", std::string_view(column.name));
    SetMember(*document, field, "type", std::string_view(column.TypeName()));
    SetMember(*document, field, "nullable", JsonValue(column.nullable));
    if (!column.native.empty()) {
      SetMember(*document, field, "native", std::string_view(column.native));
    }
    fields.PushBack(std::move(field), document->GetAllocator());
  }
  return fields;
}

Schema SchemaFromJson(const JsonValue& fields) {
  if (!fields.IsArray()) Refuse("expected an array of fields");
  Schema schema;
  for (const JsonValue& field : fields.GetArray()) {
    schema.columns.push_back(ReadField(field, schema.columns.size()));
  }
  const std::string fault = FindSchemaFault(schema);
  if (!fault.empty()) Refuse(fault);
  return schema;
}

}  // namespace connhost
