// What the start of a file says: its coding, its columns, where its records begin.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plugins/csv/config.h"

namespace connhost::csv {

inline constexpr size_t kHeaderBytes = size_t{64} << 10;  // a header must end within these

struct Layout {
  Coding coding;
  Dialect dialect;
  std::vector<std::string> columns;  // empty for a file without any text
  uint64_t data_offset = 0;          // of the first record, in the text
  uint64_t data_line = 1;
};

// Reads at most kHeaderBytes of text. Throws ConfigFailure for a header that is no good: a name
// that is empty, doubled or not UTF-8, quotes that do not match, line ends that are lone carriage
// returns.
Layout ReadLayout(DiskFile& file, const Config& config);

// The columns of a stream: those of all its files in the order they first appear, with the declared
// types.
std::vector<sdk::Column> StreamColumns(const std::vector<Layout>& layouts, const Config& config);

}  // namespace connhost::csv
