// Where in its text each value of a document stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "manifests/finding.h"

namespace connhost {

// One value's place; the tree mirrors the document. A member stands where its key does, an element
// where it begins.
struct Place {
  std::string key;  // of a member; empty for elements and the root
  TextPosition at;
  bool is_list = false;
  std::vector<Place> children;
};

// The place a JSON Pointer names; for a value without a place of its own (below an alias) that of
// the nearest value around it.
TextPosition FindPlace(const Place& root, std::string_view pointer);

// Fills line and column of every finding. `prefix` is a pointer that is put before each finding's
// own: "/source/config" when a part of the document was checked alone.
void LocateFindings(std::vector<Finding>& findings, const Place& root,
                    std::string_view prefix = "");

}  // namespace connhost
