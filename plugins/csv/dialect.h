// How a file marks its fields.
#pragma once

namespace connhost::csv {

struct Dialect {
  char delimiter = ',';
  char quote = '"';
  bool quoting = true;    // false: no character quotes
  bool trim = false;      // spaces and tabs around a field are no part of it
  bool comments = false;  // lines that start with `comment` are skipped
  char comment = '#';
};

}  // namespace connhost::csv
