// The JSON Schemas of this folder, as text; written by CMake from the .json files.
#pragma once

#include <string_view>

namespace connhost {

extern const std::string_view kIndexSchemaText;  // index.schema.json
extern const std::string_view kLockSchemaText;   // lock.schema.json

}  // namespace connhost
