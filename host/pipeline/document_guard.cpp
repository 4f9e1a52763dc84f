#include "host/pipeline/document_guard.h"

#include <algorithm>
#include <connhost/json_scanner.hpp>
#include <cstring>

namespace connhost {
namespace {

// True when no byte of the column's data is a control character: then none of its values is. Adding
// 0x60 to a byte's low seven bits carries into the eighth from 0x20 on, so eight bytes are tested
// at once.
bool FreeOfControls(const ColumnView& column) {
  constexpr uint64_t kLow = 0x7F7F7F7F7F7F7F7F, kAdd = 0x6060606060606060, kHigh = ~kLow;
  uint64_t seen = kHigh;
  uint64_t i = 0;
  for (; i + 32 <= column.data_bytes; i += 32) {
    uint64_t words[4];
    std::memcpy(words, column.data + i, sizeof words);
    for (const uint64_t word : words) seen &= ((word & kLow) + kAdd) | word;
  }
  for (; i < column.data_bytes; ++i) {
    if (column.data[i] < 0x20) return false;
  }
  return (seen & kHigh) == kHigh;
}

bool FreeOfControls(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

DocumentGuard::DocumentGuard(const Schema& schema) {
  for (uint32_t i = 0; i < schema.columns.size(); ++i) {
    if (schema.columns[i].type == ColumnType::kJson) json_columns_.push_back(i);
    if (schema.columns[i].type == ColumnType::kNumber) number_columns_.push_back(i);
  }
}

const std::vector<BadDocument>& DocumentGuard::Check(const BatchView& batch) {
  bad_.clear();
  for (const uint32_t index : json_columns_) {
    const ColumnView& column = batch.columns[index];
    const bool clean = FreeOfControls(column);
    for (uint32_t row = 0; row < batch.rows; ++row) {
      if (column.IsNull(row)) continue;
      const std::string_view text = column.Text(row);
      if (!sdk::IsJson(text) || (!clean && !FreeOfControls(text))) bad_.push_back({row, index});
    }
  }
  for (const uint32_t index : number_columns_) {
    const ColumnView& column = batch.columns[index];
    for (uint32_t row = 0; row < batch.rows; ++row) {
      if (!column.IsNull(row) && !sdk::IsJsonNumber(column.Text(row))) bad_.push_back({row, index});
    }
  }
  if (!bad_.empty()) {
    std::sort(bad_.begin(), bad_.end(), [](const BadDocument& a, const BadDocument& b) {
      return a.row != b.row ? a.row < b.row : a.column < b.column;
    });
    const auto same_row = [](const BadDocument& a, const BadDocument& b) { return a.row == b.row; };
    bad_.erase(std::unique(bad_.begin(), bad_.end(), same_row), bad_.end());
  }
  return bad_;
}

}  // namespace connhost
