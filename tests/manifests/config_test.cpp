// Configurations against a manifest's config schema.
#include "manifest_text.h"
#include "manifests/manifest.h"
#include "manifests/yaml_reader.h"

namespace connhost {
namespace {

Manifest WithConfig(const std::string& schema) {
  const size_t start = kGoodManifest.find("config:");
  const size_t end = kGoodManifest.find("streams:");
  std::string text(kGoodManifest.substr(0, start));
  text += "config: " + schema + "\n" + std::string(kGoodManifest.substr(end));
  const size_t files = text.find("read: [path]");
  text.replace(files, 12, "read: []    ");
  const size_t native = text.find("  native: {host: host, port: port}\n");
  text.erase(native, 35);
  return ParseManifest(text, "m");
}

std::string Check(const Manifest& manifest, std::string_view yaml) {
  const TextDocument config = ReadYaml(yaml, "c.yaml");
  std::vector<Finding> findings = CheckConfig(manifest, config.json);
  LocateFindings(findings, config.places);
  return FormatFindings("c.yaml", findings);
}

TEST(Config, ATypoGetsASuggestion) {
  const Manifest manifest = ParseManifest(kGoodManifest, "m");
  EXPECT_EQ(Check(manifest, "host: db\nport: 1\ndelimeter: ;\n"),
            "c.yaml: line 3, column 1: delimeter: unknown key 'delimeter' (did you mean "
            "'delimiter'?)");
}

TEST(Config, EveryFaultIsTold) {
  const Manifest manifest = ParseManifest(kGoodManifest, "m");
  EXPECT_EQ(Check(manifest, "port: 0\npath: a*\ndelimiter: tab\n"),
            "c.yaml: line 1, column 1: missing key 'host'\n"
            "c.yaml: line 1, column 1: port: expected a number of at least 1, found 0\n"
            "c.yaml: line 2, column 1: path: expected text that matches ^[^*]+$, found 'a*'\n"
            "c.yaml: line 3, column 1: delimiter: expected one of ',' or ';', found 'tab'");
  EXPECT_EQ(Check(manifest, "- a"), "c.yaml: line 1, column 1: expected a mapping, found a list");
}

TEST(Config, APrefixPlacesThePartOfADocument) {
  const Manifest manifest = ParseManifest(kGoodManifest, "m");
  const TextDocument document =
      ReadYaml("source:\n  config:\n    host: db\n    prot: 1\n    port: 2\n", "c");
  std::vector<Finding> findings = CheckConfig(manifest, document.json["source"]["config"]);
  LocateFindings(findings, document.places, "/source/config");
  EXPECT_EQ(FormatFindings("c", findings),
            "c: line 4, column 5: source.config.prot: unknown key 'prot' (did you mean 'port'?)");
}

TEST(Config, NestedMappingsAreClosedToo) {
  const Manifest manifest = WithConfig(
      "{type: object, properties: {tls: {type: object, description: d, properties: {ca: "
      "{type: string, description: d}}}, rows: {type: array, description: d, items: {type: object, "
      "properties: {name: {type: string}}}}}}");
  EXPECT_EQ(Check(manifest, "{tls: {cc: x}, rows: [{nme: y}]}"),
            "c.yaml: line 1, column 8: tls.cc: unknown key 'cc' (did you mean 'ca'?)\n"
            "c.yaml: line 1, column 24: rows[0].nme: unknown key 'nme' (did you mean 'name'?)");
}

TEST(Config, TheSchemaMayAllowFurtherKeys) {
  const Manifest manifest = WithConfig(
      "{type: object, additionalProperties: {type: integer}, properties: {a: {type: string, "
      "description: d}}}");
  EXPECT_EQ(Check(manifest, "{a: x, b: 1}"), "");
  EXPECT_EQ(Check(manifest, "{a: x, b: y}"),
            "c.yaml: line 1, column 8: b: expected a whole number, found 'y'");
}

TEST(Config, BranchesOnlyNarrowWhatIsDeclared) {
  const Manifest manifest = WithConfig(
      "{type: object, properties: {mode: {enum: [a, b], description: d}, key: {type: string, "
      "description: d}}, if: {properties: {mode: {const: a}}}, then: {required: [key]}}");
  EXPECT_EQ(Check(manifest, "{mode: a}"), "c.yaml: line 1, column 1: missing key 'key'");
  EXPECT_EQ(Check(manifest, "{mode: b}"), "");
  EXPECT_EQ(Check(manifest, "{mode: a, key: k}"), "");
}

TEST(Config, DefaultsFillOnlyWhatIsAbsent) {
  const Manifest manifest = ParseManifest(kGoodManifest, "m");
  EXPECT_EQ(WriteJson(WithDefaults(manifest, ParseJson(R"({"host":"h"})", "c"))),
            R"({"host":"h","port":5432,"delimiter":","})");
  EXPECT_EQ(WriteJson(WithDefaults(manifest, ParseJson(R"({"port":1,"delimiter":null})", "c"))),
            R"({"port":1,"delimiter":null})");
  EXPECT_EQ(WriteJson(WithDefaults(manifest, ParseJson("[]", "c"))), "[]");
}

TEST(Config, TheExampleIsAccepted) {
  const Manifest manifest = ParseManifest(kGoodManifest, "m");
  const Json example = ExampleConfig(manifest);
  EXPECT_EQ(WriteJson(example), R"({"host":"db.example.com","port":5432,"delimiter":","})");
  EXPECT_TRUE(CheckConfig(manifest, example).empty());
}

TEST(Config, TheExampleHasAPlaceholderForWhatIsRequiredOnly) {
  const Manifest manifest = WithConfig(
      "{type: object, required: [s, n, b, l], properties: {s: {type: string, description: d}, n: "
      "{type: integer, minimum: 3, description: d}, b: {type: boolean, description: d}, l: {type: "
      "array, description: d}, skipped: {type: string, description: d}}}");
  EXPECT_EQ(WriteJson(ExampleConfig(manifest)), R"({"s":"<s>","n":3,"b":false,"l":[]})");
}

TEST(Config, AWholeExampleWins) {
  const Manifest manifest = WithConfig(
      "{type: object, examples: [{a: whole}], properties: {a: {type: string, description: d, "
      "default: part}}}");
  EXPECT_EQ(WriteJson(ExampleConfig(manifest)), R"({"a":"whole"})");
}

}  // namespace
}  // namespace connhost
