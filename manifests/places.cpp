#include "manifests/places.h"

#include <algorithm>
#include <charconv>

#include "manifests/json_pointer.h"

namespace connhost {
namespace {

const Place* Child(const Place& parent, std::string_view token) {
  if (parent.is_list) {
    size_t index = parent.children.size();
    std::from_chars(token.data(), token.data() + token.size(), index);
    return index < parent.children.size() ? &parent.children[index] : nullptr;
  }
  const auto found = std::find_if(parent.children.begin(), parent.children.end(),
                                  [&](const Place& child) { return child.key == token; });
  return found == parent.children.end() ? nullptr : &*found;
}

}  // namespace

TextPosition FindPlace(const Place& root, std::string_view pointer) {
  const Place* place = &root;
  for (const std::string& token : PointerTokens(pointer)) {
    const Place* child = Child(*place, token);
    if (child == nullptr) break;
    place = child;
  }
  return place->at;
}

void LocateFindings(std::vector<Finding>& findings, const Place& root, std::string_view prefix) {
  for (Finding& finding : findings) {
    finding.pointer.insert(0, prefix);
    const TextPosition at = FindPlace(root, finding.pointer);
    finding.line = at.line;
    finding.column = at.column;
  }
}

}  // namespace connhost
