#include "host/wire/byte_reader.h"
#include "host/wire/byte_writer.h"
#include "host/wire/fault.h"
#include "host/wire/schema.h"
#include "host/wire/schema_rules.h"

namespace connhost {
namespace {

constexpr uint8_t kNullable = 1;
constexpr uint8_t kNative = 2;

struct ColumnHeader {  // as it stands in the payload; the name follows, and the native type where
                       // there is one
  uint8_t type;
  uint8_t flags;
  uint8_t precision;
  uint8_t scale;
  uint32_t name_length;
};
static_assert(sizeof(ColumnHeader) == 8);

Column ReadColumn(ByteReader* reader, size_t index) {
  const auto header = reader->Number<ColumnHeader>();
  const std::string place = "column " + std::to_string(index + 1) + " of the schema";
  if (header.type < static_cast<uint8_t>(ColumnType::kBool) ||
      header.type > static_cast<uint8_t>(ColumnType::kNumber)) {
    ThrowProtocolFault(place + " has the type code " + std::to_string(header.type) +
                       "; expected 1 to 11");
  }
  if ((header.flags & ~(kNullable | kNative)) != 0) {
    ThrowProtocolFault(place + " has the flags " + std::to_string(header.flags) +
                       "; expected 0 to 3");
  }
  Column column;
  column.name = reader->Take(header.name_length);
  column.type = static_cast<ColumnType>(header.type);
  column.nullable = (header.flags & kNullable) != 0;
  column.precision = header.precision;
  column.scale = header.scale;
  if ((header.flags & kNative) != 0) {
    column.native = reader->Counted();
    if (column.native.empty()) ThrowProtocolFault(place + " announces a native type and has none");
  }
  return column;
}

}  // namespace

std::string EncodeSchema(const Schema& schema) {
  std::string payload;
  for (const Column& column : schema.columns) {
    const bool native = !column.native.empty();
    const ColumnHeader header{
        static_cast<uint8_t>(column.type),
        static_cast<uint8_t>((column.nullable ? kNullable : 0) | (native ? kNative : 0)),
        column.precision, column.scale, static_cast<uint32_t>(column.name.size())};
    AppendBytes(&payload, header);
    payload += column.name;
    if (!native) continue;
    AppendBytes(&payload, static_cast<uint32_t>(column.native.size()));
    payload += column.native;
  }
  return payload;
}

Schema DecodeSchema(std::string_view payload, uint64_t columns) {
  if (columns > kMaxColumns) {
    ThrowProtocolFault("a SCHEMA frame announces " + std::to_string(columns) +
                       " columns; at most " + std::to_string(kMaxColumns) + " are allowed");
  }
  ByteReader reader(payload, "a SCHEMA frame");
  Schema schema;
  schema.columns.reserve(columns);
  for (size_t i = 0; i < columns; ++i) schema.columns.push_back(ReadColumn(&reader, i));
  reader.End();
  const std::string fault = FindSchemaFault(schema);
  if (!fault.empty()) ThrowProtocolFault(fault);
  return schema;
}

}  // namespace connhost
