#include "base/text.h"
#include "host/wire/batch.h"
#include "host/wire/batch_layout.h"
#include "host/wire/fault.h"
#include "host/wire/utf8.h"

namespace connhost {
namespace {

[[noreturn]] void ColumnFault(const Column& column, const std::string& sentence) {
  ThrowProtocolFault("column " + QuoteName(column.name) + ": " + sentence);
}

[[noreturn]] void PartFault(const Column* column, const std::string& sentence) {
  if (column == nullptr) ThrowProtocolFault("the origin of a batch: " + sentence);
  ColumnFault(*column, sentence);
}

// What follows the heads, taken part by part.
class Parts {
 public:
  explicit Parts(std::string_view bytes) : rest_(bytes) {}

  // The next part, without its padding. `column` is named in faults; nullptr is the origin.
  std::string_view Take(uint64_t bytes, const Column* column) {
    if (bytes > rest_.size() || rest_.size() - bytes < PaddingAfter(bytes)) {
      PartFault(column, "expected " + std::to_string(bytes) +
                            " bytes and their padding, found the end of the batch after " +
                            std::to_string(rest_.size()));
    }
    const std::string_view part = rest_.substr(0, bytes);
    const std::string_view padding = rest_.substr(bytes, PaddingAfter(bytes));
    if (padding.find_first_not_of('\0') != std::string_view::npos) {
      PartFault(column, "the padding is not zero");
    }
    rest_.remove_prefix(part.size() + padding.size());
    return part;
  }

  size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

BatchHead ReadHead(std::string_view payload, const Schema& schema) {
  BatchHead head;
  if (payload.size() < sizeof head) {
    ThrowProtocolFault("a batch of " + std::to_string(payload.size()) +
                       " bytes; the head alone has 32");
  }
  std::memcpy(&head, payload.data(), sizeof head);
  if (head.rows < 1 || head.rows > kMaxRows) {
    ThrowProtocolFault("a batch of " + std::to_string(head.rows) + " rows; expected 1 to " +
                       std::to_string(kMaxRows));
  }
  if (head.columns != schema.columns.size()) {
    ThrowProtocolFault("a batch of " + std::to_string(head.columns) +
                       " columns under a schema of " + std::to_string(schema.columns.size()));
  }
  if (head.zero != 0) ThrowProtocolFault("the reserved field of a batch is not zero");
  if ((payload.size() - sizeof head) / sizeof(ColumnHead) < head.columns) {
    ThrowProtocolFault("a batch of " + std::to_string(payload.size()) +
                       " bytes ends inside the heads of its " + std::to_string(head.columns) +
                       " columns");
  }
  return head;
}

void CheckColumnHead(const ColumnHead& head, const Column& column, uint32_t rows) {
  if (head.zero != 0) ColumnFault(column, "the reserved field is not zero");
  if (head.null_count > rows) {
    ColumnFault(column,
                std::to_string(head.null_count) + " nulls in " + std::to_string(rows) + " rows");
  }
  if (head.null_count > 0 && !column.nullable) {
    ColumnFault(column, std::to_string(head.null_count) +
                            " nulls, though the schema says that it has none");
  }
  const uint64_t bitmap = head.null_count == 0 ? 0 : BitmapBytes(rows);
  if (head.validity_bytes != bitmap) {
    ColumnFault(column, "a validity bitmap of " + std::to_string(head.validity_bytes) +
                            " bytes; expected " + std::to_string(bitmap));
  }
  if (IsVariable(column.type)) return;
  const uint64_t expected = FixedBytes(column.type, rows);
  if (head.data_bytes != expected) {
    ColumnFault(column, std::to_string(head.data_bytes) + " bytes of data for " +
                            std::to_string(rows) + " rows of " + column.TypeName() + "; expected " +
                            std::to_string(expected));
  }
}

void CheckOffsets(const ColumnView& view, const Column& column, uint32_t rows) {
  const int32_t* offsets = view.offsets;
  if (offsets[0] != 0) {
    ColumnFault(column, "the first offset is " + std::to_string(offsets[0]) + "; expected 0");
  }
  unsigned falls = 0;  // without a branch, so that the loop is vectorised
  for (uint32_t row = 0; row < rows; ++row) falls |= offsets[row + 1] < offsets[row] ? 1U : 0U;
  if (falls != 0) {
    uint32_t row = 0;
    while (offsets[row + 1] >= offsets[row]) ++row;
    ColumnFault(column, "row " + std::to_string(row) + " ends at offset " +
                            std::to_string(offsets[row + 1]) + ", before its start at " +
                            std::to_string(offsets[row]));
  }
  if (static_cast<uint64_t>(offsets[rows]) != view.data_bytes) {
    ColumnFault(column, "the last offset is " + std::to_string(offsets[rows]) + "; expected " +
                            std::to_string(view.data_bytes) + ", the length of the data");
  }
}

[[noreturn]] void TextFault(const ColumnView& view, const Column& column, uint32_t rows) {
  uint32_t row = 0;
  while (row + 1 < rows && IsValidUtf8(view.Text(row))) ++row;
  ColumnFault(column, "the text of row " + std::to_string(row) + " is not valid UTF-8");
}

// After CheckOffsets. The whole data is checked at once, then that no value begins inside a
// sequence: so each value is valid by itself.
void CheckText(const ColumnView& view, const Column& column, uint32_t rows) {
  const std::string_view text(reinterpret_cast<const char*>(view.data), view.data_bytes);
  if (IsAscii(text)) return;
  if (!IsUtf8(text)) TextFault(view, column, rows);
  uint32_t end = rows;  // offsets from here on stand at the end of the data
  while (end > 0 && static_cast<size_t>(view.offsets[end]) == text.size()) --end;
  unsigned inside = 0;
  for (uint32_t row = 1; row <= end; ++row) {
    inside |= IsContinuationByte(text[static_cast<size_t>(view.offsets[row])]) ? 1U : 0U;
  }
  if (inside != 0) TextFault(view, column, rows);
}

const uint8_t* Bytes(std::string_view part) {
  return reinterpret_cast<const uint8_t*>(part.data());
}

ColumnView ReadColumn(const ColumnHead& head, const Column& column, uint32_t rows, Parts* parts) {
  CheckColumnHead(head, column, rows);
  ColumnView view;
  view.null_count = head.null_count;
  view.data_bytes = head.data_bytes;
  if (head.null_count > 0) {
    view.validity = Bytes(parts->Take(head.validity_bytes, &column));
    const uint32_t nulls = CountZeroBits(view.validity, rows);
    if (nulls != head.null_count) {
      ColumnFault(column, "the null count is " + std::to_string(head.null_count) +
                              ", but the validity bitmap holds " + std::to_string(nulls));
    }
  }
  if (IsVariable(column.type)) {
    const std::string_view offsets = parts->Take((uint64_t{rows} + 1) * sizeof(int32_t), &column);
    view.offsets = reinterpret_cast<const int32_t*>(offsets.data());
  }
  view.data = Bytes(parts->Take(head.data_bytes, &column));
  if (IsVariable(column.type)) CheckOffsets(view, column, rows);
  if (IsText(column.type)) CheckText(view, column, rows);
  return view;
}

}  // namespace

void DecodeBatch(std::string_view payload, const Schema& schema, BatchView* batch) {
  const BatchHead head = ReadHead(payload, schema);
  const size_t heads = sizeof head + head.columns * sizeof(ColumnHead);
  Parts parts(payload.substr(heads));
  batch->rows = head.rows;
  batch->emitted_at = head.emitted_at;
  batch->first = head.first;
  batch->origin = parts.Take(head.origin_bytes, nullptr);
  if (!IsUtf8(batch->origin)) PartFault(nullptr, "the name is not valid UTF-8");
  batch->columns.clear();
  for (size_t i = 0; i < head.columns; ++i) {
    ColumnHead column;
    std::memcpy(&column, payload.data() + sizeof head + i * sizeof column, sizeof column);
    batch->columns.push_back(ReadColumn(column, schema.columns[i], head.rows, &parts));
  }
  if (parts.left() != 0) {
    ThrowProtocolFault(std::to_string(parts.left()) + " bytes after the end of a batch");
  }
}

void StampBatch(char* payload, int64_t emitted_at) {
  std::memcpy(payload + offsetof(BatchHead, emitted_at), &emitted_at, sizeof emitted_at);
}

}  // namespace connhost
