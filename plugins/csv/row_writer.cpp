#include "plugins/csv/row_writer.h"

#include "plugins/csv/value_text.h"

namespace connhost::csv {

void RowWriter::Text(std::string_view text, std::string& out) const {
  bool plain = !text.empty();
  for (const char c : text) plain &= c != dialect_.delimiter && c != '"' && c != '\n' && c != '\r';
  if (plain) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void RowWriter::Header(const std::vector<std::string>& names, std::string& out) const {
  const char* separator = "";
  const char delimiter[2] = {dialect_.delimiter, '\0'};
  for (const std::string& name : names) {
    out += separator;
    Text(name, out);
    separator = delimiter;
  }
  out += dialect_.line_ending;
}

void RowWriter::Value(const sdk::ColumnView& view, const sdk::Column& column, uint32_t row,
                      std::string& out) const {
  switch (column.type) {
    case sdk::Type::kBool:
      out += view.Bool(row) ? "true" : "false";
      return;
    case sdk::Type::kInt64:
      return AppendInt64(view.Int64(row), out);
    case sdk::Type::kFloat64:
      return AppendFloat64(view.Float64(row), out);
    case sdk::Type::kDate:
      return AppendDate(view.Date(row), out);
    case sdk::Type::kTimestamp:
    case sdk::Type::kTimestampUtc:
      return AppendTimestamp(view.Int64(row), column.type == sdk::Type::kTimestampUtc, out);
    case sdk::Type::kDecimal:
      return AppendDecimal(view.DecimalLow(row), view.DecimalHigh(row), column.scale, out);
    case sdk::Type::kBinary:
      if (view.Text(row).empty()) out += "\"\"";
      return AppendBase64(view.Text(row), out);
    default:
      return Text(view.Text(row), out);
  }
}

void RowWriter::Row(const sdk::BatchView& batch, const std::vector<sdk::Column>& columns,
                    const std::vector<int>& order, uint32_t row, std::string& out) const {
  bool first = true;
  for (const int index : order) {
    if (!first) out += dialect_.delimiter;
    first = false;
    if (index < 0) continue;
    const sdk::ColumnView& view = batch[static_cast<size_t>(index)];
    if (!view.IsNull(row)) Value(view, columns[static_cast<size_t>(index)], row, out);
  }
  out += dialect_.line_ending;
}

}  // namespace connhost::csv
