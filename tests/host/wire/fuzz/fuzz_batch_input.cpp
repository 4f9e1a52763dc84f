#include <connhost/arrow.h>

#include <cstdlib>
#include <cstring>

#include "base/error.h"
#include "base/text.h"
#include "tests/host/wire/fuzz/fuzz_inputs.h"
#include "tests/host/wire/test_batches.h"

namespace connhost {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();  // what a fuzzer reports
}

void TouchEveryValue(const BatchView& batch, const Schema& schema) {
  for (size_t i = 0; i < schema.columns.size(); ++i) {
    const bool text = IsText(schema.columns[i].type);
    for (uint32_t row = 0; row < batch.rows; ++row) {
      const Cell cell = CellOf(batch.columns[i], schema.columns[i], row);
      if (text) Require(IsValidUtf8(batch.columns[i].Text(row)));
      Require(cell.has_value() != batch.columns[i].IsNull(row));
    }
  }
  Require(IsValidUtf8(batch.origin));
}

void ExpectSameBytesAgain(const BatchView& batch, const Schema& schema, std::string_view payload) {
  ArrowArray array;
  BatchToArrow(batch, schema, &array);
  const connhost_origin origin{{batch.origin.data(), batch.origin.size()}, batch.first};
  BatchEncoder encoder;
  std::string again = Join(encoder.Encode(array, schema, &origin));
  array.release(&array);
  StampBatch(again.data(), batch.emitted_at);
  Require(again == payload);
}

void SelectSome(const BatchView& batch, const Schema& schema) {
  std::vector<uint32_t> keep;
  for (uint32_t row = 0; row < batch.rows; ++row) {
    if (row % 5 != 1) keep.push_back(row);
  }
  const ExactCopy selected(SelectRows(batch, schema, keep));
  BatchView view;
  DecodeBatch(selected.view(), schema, &view);
  for (size_t i = 0; i < schema.columns.size(); ++i) {
    for (uint32_t row = 0; row < view.rows; ++row) {
      Require(CellOf(view.columns[i], schema.columns[i], row) ==
              CellOf(batch.columns[i], schema.columns[i], keep[row]));
    }
  }
}

}  // namespace

std::string BatchInput(const Schema& schema, std::string_view payload) {
  const std::string columns = EncodeSchema(schema);
  const auto length = static_cast<uint16_t>(columns.size());
  std::string input(1, static_cast<char>(schema.columns.size()));
  input.append(reinterpret_cast<const char*>(&length), sizeof length);
  return input.append(columns).append(payload);
}

void FuzzBatch(std::string_view input) {
  uint16_t length;
  if (input.size() < 1 + sizeof length) return;
  const auto columns = static_cast<uint8_t>(input[0]);
  std::memcpy(&length, input.data() + 1, sizeof length);
  input.remove_prefix(1 + sizeof length);
  if (length > input.size()) return;
  const ExactCopy schema_bytes(input.substr(0, length)), payload(input.substr(length));
  try {
    const Schema schema = DecodeSchema(schema_bytes.view(), columns);
    Require(EncodeSchema(schema) == schema_bytes.view());
    BatchView batch;
    DecodeBatch(payload.view(), schema, &batch);
    TouchEveryValue(batch, schema);
    ExpectSameBytesAgain(batch, schema, payload.view());
    SelectSome(batch, schema);
  } catch (const Error& error) {
    Require(std::string_view(error.what()).starts_with("protocol fault: "));
  }
}

}  // namespace connhost
