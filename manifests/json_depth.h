// The nesting that documents of the host may have. Everything that walks a document relies on it.
#pragma once

#include <cstddef>

#include "base/json.h"

namespace connhost {

inline constexpr size_t kDeepestDocument = 256;

// True when no value lies more than `deepest` levels below the root. Iterative: safe at any depth.
bool IsWithinDepth(const JsonValue& value, size_t deepest = kDeepestDocument);

}  // namespace connhost
