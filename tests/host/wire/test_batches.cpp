#include "tests/host/wire/test_batches.h"

#include <cstring>

namespace connhost {
namespace {

void MarkReleased(ArrowArray* array) {
  array->release = nullptr;
}

size_t CellWidth(ColumnType type) {
  return type == ColumnType::kBool ? 1 : FixedWidth(type);
}

std::string RandomText(std::mt19937* random) {
  static const std::vector<std::string> kPieces = {
      "a", "Zeile", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", " ", "0123456789abcdef"};
  std::string text;
  for (auto pieces = (*random)() % 6; pieces > 0; --pieces) {
    text += kPieces[(*random)() % kPieces.size()];
  }
  return text;
}

std::string RandomCell(ColumnType type, std::mt19937* random) {
  if (type == ColumnType::kBool) return {static_cast<char>((*random)() & 1)};
  if (IsText(type)) return RandomText(random);
  std::string bytes(type == ColumnType::kBinary ? (*random)() % 20 : FixedWidth(type), '\0');
  for (char& byte : bytes) byte = static_cast<char>((*random)());
  return bytes;
}

}  // namespace

std::string BytesOf(int64_t value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

TestBatch::TestBatch(Schema schema, const std::vector<std::vector<Cell>>& columns)
    : schema_(std::move(schema)) {
  for (size_t i = 0; i < columns.size(); ++i) Fill(schema_.columns[i].type, columns[i]);
  for (ArrowArray& child : children_) pointers_.push_back(&child);
  array_.length = columns.empty() ? 0 : static_cast<int64_t>(columns[0].size());
  array_.n_buffers = 1;
  array_.buffers = &no_validity_;
  array_.n_children = static_cast<int64_t>(pointers_.size());
  array_.children = pointers_.data();
  array_.release = MarkReleased;
}

void TestBatch::Fill(ColumnType type, const std::vector<Cell>& cells) {
  Buffers& buffers = buffers_.emplace_back();
  buffers.validity.assign((cells.size() + 7) / 8, 0);
  buffers.offsets.push_back(0);
  if (type == ColumnType::kBool) buffers.data.assign((cells.size() + 7) / 8, '\0');
  ArrowArray& child = children_.emplace_back();
  for (size_t row = 0; row < cells.size(); ++row) {
    const auto bit = static_cast<uint8_t>(1U << (row & 7));
    if (cells[row]) buffers.validity[row / 8] |= bit;
    if (!cells[row]) ++child.null_count;
    if (type == ColumnType::kBool) {
      if (cells[row] && (*cells[row])[0] != 0) {
        buffers.data[row / 8] = static_cast<char>(buffers.data[row / 8] | bit);
      }
      continue;
    }
    buffers.data += cells[row] ? *cells[row] : std::string(FixedWidth(type), '\0');
    buffers.offsets.push_back(static_cast<int32_t>(buffers.data.size()));
  }
  buffers.pointers = {child.null_count > 0 ? buffers.validity.data() : nullptr};
  if (IsVariable(type)) buffers.pointers.push_back(buffers.offsets.data());
  buffers.pointers.push_back(buffers.data.data());
  child.length = static_cast<int64_t>(cells.size());
  child.n_buffers = static_cast<int64_t>(buffers.pointers.size());
  child.buffers = buffers.pointers.data();
  child.release = MarkReleased;
}

std::string TestBatch::Payload(const connhost_origin* origin) {
  BatchEncoder encoder;
  return Join(encoder.Encode(array_, schema_, origin));
}

Schema EveryType() {
  Schema schema;
  for (auto code = static_cast<uint8_t>(ColumnType::kBool);
       code <= static_cast<uint8_t>(ColumnType::kNumber); ++code) {
    Column column;
    column.type = static_cast<ColumnType>(code);
    if (column.type == ColumnType::kDecimal128) column.precision = 38, column.scale = 9;
    column.name = column.TypeName();
    schema.columns.push_back(column);
  }
  return schema;
}

std::vector<std::vector<Cell>> RandomCells(const Schema& schema, uint32_t rows, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::vector<Cell>> columns;
  for (const Column& column : schema.columns) {
    std::vector<Cell>& cells = columns.emplace_back();
    for (uint32_t row = 0; row < rows; ++row) {
      const bool null = column.nullable && random() % 5 == 0;
      cells.push_back(null ? Cell() : Cell(RandomCell(column.type, &random)));
    }
  }
  return columns;
}

Schema OneColumn(ColumnType type, bool nullable) {
  Column column;
  column.name = "c";
  column.type = type;
  column.nullable = nullable;
  if (type == ColumnType::kDecimal128) column.precision = 10, column.scale = 2;
  return Schema{{column}};
}

std::string Join(const std::vector<iovec>& parts) {
  std::string joined;
  for (const iovec& part : parts) {
    joined.append(static_cast<const char*>(part.iov_base), part.iov_len);
  }
  return joined;
}

Cell CellOf(const ColumnView& view, const Column& column, uint32_t row) {
  if (view.IsNull(row)) return std::nullopt;
  if (IsVariable(column.type)) return std::string(view.Text(row));
  if (column.type == ColumnType::kBool) {
    return std::string(1, static_cast<char>(view.data[row >> 3] >> (row & 7) & 1));
  }
  const size_t width = CellWidth(column.type);
  return std::string(reinterpret_cast<const char*>(view.data) + row * width, width);
}

}  // namespace connhost
