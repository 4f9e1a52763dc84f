// Documents that people write, YAML or JSON, as RapidJSON documents with the place of every value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "manifests/places.h"

namespace connhost {

struct TextDocument {
  Json json;
  Place places;
};

// YAML 1.2 with a narrow reading of plain scalars: true, false and null as the core schema spells
// them, and numbers exactly as JSON spells them. All else is text: `01234`, `1.0.0`, `yes`, `no`,
// `0x1F`, `.inf`, dates; so is everything in quotes. JSON text is read as JSON.
//
// Refused with line and column: duplicate keys, keys that are not text, tags but !!str, tabs in
// indentation, control characters, invalid UTF-8, more than 1 MiB, 50,000 values or 256 levels,
// aliases that refer to themselves or expand to more than 1 MiB. Merge keys ("<<") are plain keys.
//
// Throws Error{kConfig} "WHAT: line 3, column 5: ..."; `what` names the document.

// Exactly one document.
TextDocument ReadYaml(std::string_view text, const std::string& what);

// Every document of a stream, in order; empty ones are left out. May be none.
std::vector<TextDocument> ReadYamlDocuments(std::string_view text, const std::string& what);

}  // namespace connhost
