// Formats rows as RFC 4180 text.
#pragma once

#include <connhost/destination.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace connhost::csv {

struct WriteDialect {
  char delimiter = ',';
  std::string line_ending = "\n";
};

// Appends to `out`. A null is an empty field, an empty text is "". Text is quoted when it has a
// delimiter, a quote or a line end. Times are ISO 8601, UTC with a Z; binary is base64; numbers
// that are not finite are NaN, Infinity, -Infinity.
class RowWriter {
 public:
  explicit RowWriter(WriteDialect dialect) : dialect_(std::move(dialect)) {}

  void Header(const std::vector<std::string>& names, std::string& out) const;

  // One row; `order` says for each column of the file which of `columns` it is, -1: null.
  void Row(const sdk::BatchView& batch, const std::vector<sdk::Column>& columns,
           const std::vector<int>& order, uint32_t row, std::string& out) const;

 private:
  void Text(std::string_view text, std::string& out) const;
  void Value(const sdk::ColumnView& view, const sdk::Column& column, uint32_t row,
             std::string& out) const;

  WriteDialect dialect_;
};

}  // namespace connhost::csv
