#include <algorithm>

#include "plugins/stdout/batch_format.h"
#include "plugins/stdout/value_text.h"

namespace connhost::stdout_destination {

namespace {

constexpr size_t kMostWidth = 40;

bool ContinuesCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Characters, not the cells a terminal may give them.
size_t WidthOf(std::string_view text) {
  return text.size() -
         static_cast<size_t>(std::count_if(text.begin(), text.end(), ContinuesCharacter));
}

void CutTo(std::string& text, size_t width) {
  if (WidthOf(text) <= width) return;
  size_t end = 0;
  for (size_t left = width; end < text.size(); ++end) {
    if (!ContinuesCharacter(text[end]) && left-- == 1) break;
  }
  text.resize(end);
  text += "…";
}

bool IsNumeric(sdk::Type type) {
  return type == sdk::Type::kInt64 || type == sdk::Type::kFloat64 || type == sdk::Type::kDecimal ||
         type == sdk::Type::kNumber;
}

class TableLines : public BatchFormat {
 public:
  void Append(std::string& out, const sdk::BatchView& batch,
              const std::vector<sdk::Column>& columns) override {
    if (widths_.empty()) Begin(out, batch, columns);
    std::string cell;
    for (uint32_t row = 0; row < batch.rows(); ++row) {
      for (size_t i = 0; i < columns.size(); ++i) {
        CellOf(cell, batch[i], columns[i], row);
        Pad(out, cell, i, IsNumeric(columns[i].type));
      }
      EndLine(out);
    }
  }

 private:
  // Control characters would break the lines, or command the terminal.
  static void CellOf(std::string& cell, const sdk::ColumnView& view, const sdk::Column& column,
                     uint32_t row) {
    cell.clear();
    if (!view.IsNull(row)) AppendPlain(cell, view, column, row);
    Clean(cell);
  }

  static void Clean(std::string& cell) {
    std::replace_if(
        cell.begin(), cell.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  }

  void Begin(std::string& out, const sdk::BatchView& batch,
             const std::vector<sdk::Column>& columns) {
    std::string cell;
    for (size_t i = 0; i < columns.size(); ++i) {
      size_t width = std::max<size_t>(1, WidthOf(columns[i].name));
      for (uint32_t row = 0; row < batch.rows(); ++row) {
        CellOf(cell, batch[i], columns[i], row);
        width = std::max(width, WidthOf(cell));
      }
      widths_.push_back(std::min(width, kMostWidth));
    }
    for (size_t i = 0; i < columns.size(); ++i) {
      cell = columns[i].name;
      Clean(cell);
      Pad(out, cell, i, IsNumeric(columns[i].type));
    }
    EndLine(out);
    for (size_t i = 0; i < columns.size(); ++i) {
      cell.assign(widths_[i], '-');
      Pad(out, cell, i, false);
    }
    EndLine(out);
  }

  void Pad(std::string& out, std::string& cell, size_t column, bool right) const {
    CutTo(cell, widths_[column]);
    const size_t spaces = widths_[column] - WidthOf(cell);
    if (column > 0) out += "  ";
    if (right) out.append(spaces, ' ');
    out += cell;
    if (!right) out.append(spaces, ' ');
  }

  static void EndLine(std::string& out) {
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
  }

  std::vector<size_t> widths_;
};

}  // namespace

std::unique_ptr<BatchFormat> MakeTableLines() {
  return std::make_unique<TableLines>();
}

}  // namespace connhost::stdout_destination
