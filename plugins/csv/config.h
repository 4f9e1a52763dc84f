// The configuration of the source.
#pragma once

#include <connhost/columns.hpp>
#include <connhost/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugins/csv/byte_stream.h"
#include "plugins/csv/dialect.h"

namespace connhost::csv {

struct Config {
  std::string path;    // a file, a folder, or a pattern
  std::string stream;  // one stream of all files; "": one per file
  Dialect dialect;
  bool delimiter_given = false;  // false: a tab for .tsv files, else a comma
  Encoding encoding = Encoding::kUtf8;
  bool header = true;
  std::vector<std::string> columns;                      // names for files without a header
  std::vector<std::string> nulls{""};                    // unquoted texts that mean null
  std::vector<std::pair<std::string, sdk::Type>> types;  // all others are text
  bool fail_on_bad_row = false;
  Compression compression = Compression::kAuto;

  // Throws ConfigFailure.
  static Config Parse(const sdk::Json& json);
};

// "'a', 'b' and 'c'", for sentences.
std::string QuotedList(const std::vector<std::string>& words);

// One ASCII character that may separate or quote fields; "" is `none`. Throws ConfigFailure.
std::optional<char> ParseMark(const sdk::Json& json, const char* key, const char* fallback);

}  // namespace connhost::csv
