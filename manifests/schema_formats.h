// The values of `format` that are asserted.
#pragma once

#include <string_view>

namespace connhost {

struct SchemaFormat {
  const char* name;
  const char* expected;  // "a date such as 2026-11-21"
  bool (*accepts)(std::string_view text);
};

// nullptr for a format that is only an annotation.
const SchemaFormat* FindSchemaFormat(std::string_view name);

}  // namespace connhost
