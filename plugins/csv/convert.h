// Fields of many rows to the values of one column.
#pragma once

#include <connhost/columns.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/csv/dialect.h"

namespace connhost::csv {

// Rows of equally many fields in a scanned text: row r has its fields between the separators
// rows[r], rows[r] + 1, ... (see RowIndex). Behind the text are kScanPadding readable bytes.
struct RowBlock {
  const char* text;
  const uint32_t* separators;
  const uint32_t* rows;
  size_t count;
};

// How fields are read, the same for all columns.
struct FieldRules {
  Dialect dialect;
  std::vector<std::string> nulls;  // unquoted texts that mean null
  bool empty_is_null = true;       // `nulls` is just ""
};

// One field's bytes as they stand between their separators, with quotes; a carriage return before
// the line end is no part of it. `trim` is applied.
std::string_view RawField(const RowBlock& block, size_t row, size_t field, bool last,
                          const FieldRules& rules);

// The text a field stands for. `scratch` holds it when quotes had to be undone. False: the quotes
// are not well formed. `null` is set when the field means null.
bool ReadField(std::string_view raw, const FieldRules& rules, std::string& scratch,
               std::string_view& text, bool& null);

// Appends field number `field` of each row to `column`; `last`: it is the last field. Returns how
// many rows went well: the row after them has a value the type does not take (or quotes that are
// not well formed), and nothing was appended for it.
size_t ConvertColumn(const RowBlock& block, size_t field, bool last, sdk::Type type,
                     const FieldRules& rules, sdk::ColumnBuffer& column);

}  // namespace connhost::csv
