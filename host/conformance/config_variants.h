// Configurations that differ from a good one in one place.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "manifests/manifest.h"

namespace connhost {

struct ConfigVariant {
  std::string what;  // "without 'path'"
  Json config;
  bool wrong = false;  // schema or plugin have to refuse it; else either may take it
};

// Each field left out, each with a value of another type, each with a huge value of its own type
// (not those that name paths), and one field that the schema does not know.
std::vector<ConfigVariant> VariantsOf(const Manifest& manifest, const JsonValue& good);

}  // namespace connhost
