// The JSON Schemas built into the program, as text; written by CMake from the .json files here.
#pragma once

#include <string_view>

namespace connhost {

extern const std::string_view kDraft7SchemaText;    // http://json-schema.org/draft-07/schema
extern const std::string_view kManifestSchemaText;  // manifest.schema.json

}  // namespace connhost
