// What changed between two looks at the streams of a source, and what that means for those who use
// what has landed.
#pragma once

#include <string>
#include <vector>

#include "host/run/catalog.h"

namespace connhost {

struct SchemaChange {
  std::string stream;
  std::string severity;  // info | warning | breaking, as in compat_alerts
  std::string message;   // "column amount is float64, was int64"
};

// In the order of the streams of `before`, then those that are new. Breaking: a stream, a column or
// incremental reading is gone, a type, the key or the cursor is another. Warning: int64 became
// float64, or a column may now be null. Info: a stream or column is new, or may no longer be null.
std::vector<SchemaChange> CompareStreams(const std::vector<CatalogStream>& before,
                                         const std::vector<CatalogStream>& after);

}  // namespace connhost
