// YAML events to documents. The only user of the YAML library; others call yaml_reader.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "manifests/yaml_reader.h"

namespace connhost {

// REQUIRES valid UTF-8 without control characters.
std::vector<TextDocument> ParseYaml(std::string_view text, const std::string& what);

}  // namespace connhost
