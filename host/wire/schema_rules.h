// What every schema must keep to, wherever it comes from. Format: docs/formats/frame.md "Schema".
#pragma once

#include <cstddef>
#include <string>

#include "host/wire/schema.h"

namespace connhost {

inline constexpr size_t kMaxColumns = 4096;

// The first broken rule as a sentence that names the column, or "": number of columns, names (not
// empty, UTF-8, no NUL, unique), precision and scale.
std::string FindSchemaFault(const Schema& schema);

}  // namespace connhost
