#include "host/catalog/checked_json.h"

#include "base/error.h"
#include "manifests/json_depth.h"
#include "manifests/json_positions.h"
#include "manifests/places.h"

namespace connhost {

Json ParseChecked(std::string_view text, const std::string& what, const JsonSchema& schema,
                  const std::function<std::vector<Finding>(const JsonValue&)>& rules) {
  Json document = ParseJson(text, what);
  if (!IsWithinDepth(document)) {
    throw Error(ErrorKind::kConfig, what + ": more than " + std::to_string(kDeepestDocument) +
                                        " levels of lists and objects");
  }
  const Place places = FindJsonPlaces(text, what);
  std::vector<Finding> findings = schema.Validate(document);
  if (findings.empty()) findings = rules(document);
  if (findings.empty()) return document;
  LocateFindings(findings, places);
  throw Error(ErrorKind::kConfig, FormatFindings(what, findings));
}

}  // namespace connhost
