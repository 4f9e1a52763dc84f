#include "plugins/ndjson/value_scanner.h"

#include <connhost/json_scanner.hpp>
#include <string_view>

namespace connhost::ndjson {

void ValueScanner::Start(char first) {
  *this = ValueScanner();
  scalar_ = first != '{' && first != '[' && first != '"';
}

void ValueScanner::StartInside(unsigned depth) {
  *this = ValueScanner();
  depth_ = depth;
}

const char* ValueScanner::ScanString(const char* p, const char* end) {
  if (escaped_) ++p;
  escaped_ = false;
  while ((p = sdk::json_detail::FindSpecial(p, end)) < end) {
    if (*p == '"') {
      in_string_ = false;
      return p + 1;
    }
    if (*p == '\\' && ++p == end) {
      escaped_ = true;
      return end;
    }
    ++p;
  }
  return end;
}

const char* ValueScanner::Scan(const char* p, const char* end) {
  if (scalar_) {
    constexpr std::string_view kDelimiters = ",]} \t\r\n";
    while (p < end && kDelimiters.find(*p) == kDelimiters.npos) ++p;
    return p == end ? nullptr : p;
  }
  while (p < end) {
    if (in_string_) {
      p = ScanString(p, end);
      if (in_string_) return nullptr;
      if (depth_ == 0) return p;
      continue;
    }
    switch (*p++) {
      case '"':
        in_string_ = true;
        break;
      case '{':
      case '[':
        ++depth_;
        break;
      case '}':
      case ']':
        if (--depth_ == 0) return p;
        break;
      case '\n':
      case '\r':
      case '\t':
        has_controls_ = true;
        break;
    }
  }
  return nullptr;
}

}  // namespace connhost::ndjson
