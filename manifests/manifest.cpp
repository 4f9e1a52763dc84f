#include "manifests/manifest.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "manifests/config_schema.h"
#include "manifests/embedded_schemas.h"
#include "manifests/json_schema.h"
#include "manifests/manifest_reader.h"
#include "manifests/manifest_rules.h"
#include "manifests/yaml_reader.h"

namespace connhost {
namespace {

const JsonSchema& ManifestSchema() {
  static const JsonSchema schema = JsonSchema::CompileOrThrow(
      ParseJson(kManifestSchemaText, "the manifest schema"), "the manifest schema");
  return schema;
}

// Several checks may see one fault (a bad version, say): the first sentence about a place stays.
void AddNew(std::vector<Finding>& findings, std::vector<Finding> more) {
  const size_t known = findings.size();
  for (Finding& finding : more) {
    const bool told =
        std::any_of(findings.begin(), findings.begin() + static_cast<ptrdiff_t>(known),
                    [&](const Finding& one) { return one.pointer == finding.pointer; });
    if (!told) findings.push_back(std::move(finding));
  }
}

std::vector<Finding> CheckManifest(const JsonValue& manifest) {
  std::vector<Finding> findings = ManifestSchema().Validate(manifest);
  if (!manifest.IsObject()) return findings;
  AddNew(findings, CheckManifestRules(manifest));
  const JsonValue* config = FindMember(manifest, "config");
  if (config != nullptr && config->IsObject()) AddNew(findings, CheckConfigSchema(*config));
  return findings;
}

void SortByPlace(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
}

}  // namespace

bool Manifest::HasCapability(std::string_view capability) const {
  return std::find(capabilities.begin(), capabilities.end(), capability) != capabilities.end();
}

Manifest ParseManifest(std::string_view text, const std::string& what) {
  TextDocument document = ReadYaml(text, what);
  std::vector<Finding> findings = CheckManifest(document.json);
  if (findings.empty()) return ReadManifest(std::move(document.json));
  LocateFindings(findings, document.places);
  SortByPlace(findings);
  throw Error(ErrorKind::kConfig, FormatFindings(what, findings));
}

std::vector<Finding> CheckConfig(const Manifest& manifest, const JsonValue& config) {
  return JsonSchema::CompileOrThrow(ClosedSchema(manifest.config_schema),
                                    "the config schema of " + manifest.id)
      .Validate(config);
}

std::string CurrentPlatform() {
#if defined(__linux__)
  const std::string system = "linux";
#elif defined(__APPLE__)
  const std::string system = "macos";
#else
#error "connhost runs on Linux and macOS"
#endif
#if defined(__x86_64__)
  return system + "-x86_64";
#elif defined(__aarch64__)
  return system + "-aarch64";
#else
#error "connhost runs on x86_64 and aarch64"
#endif
}

}  // namespace connhost
