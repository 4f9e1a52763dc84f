// One fault of a document, and how faults are shown to people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace connhost {

// One fault of a document: where and what, as a sentence.
struct Finding {
  std::string pointer;  // JSON Pointer (RFC 6901) of the place, "" the root
  size_t line = 0;      // from 1; 0 unknown
  size_t column = 0;    // from 1
  std::string message;  // "unknown key 'delimeter' (did you mean 'delimiter'?)"
};

// "csv.yaml: line 3, column 5: config.delimeter: unknown key ..." one a line, without a newline
// after the last. `what` names the document. Unknown lines and the root's path are left out.
std::string FormatFindings(const std::string& what, const std::vector<Finding>& findings);

// Text of a document as a message may show it: control characters escaped, cut after `longest`
// bytes at a character's border with "..." behind.
std::string ShownText(std::string_view text, size_t longest = 60);

// A value as a message may show it: 'text', 3.5, true, null, a list, a mapping.
std::string ShownValue(const JsonValue& value);

}  // namespace connhost
