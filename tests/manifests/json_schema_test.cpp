// What the validator says: every fault in one pass, leaves only, with expected and found.
#include "manifests/json_schema.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "manifests/yaml_reader.h"

namespace connhost {
namespace {

// "POINTER: MESSAGE" a line; schema and value in YAML for brevity.
std::string Check(std::string_view schema, std::string_view value) {
  std::vector<Finding> faults;
  const auto compiled = JsonSchema::Compile(ReadYaml(schema, "schema").json, faults);
  if (!compiled) return FormatFindings("schema", faults);
  std::string text;
  for (const Finding& finding : compiled->Validate(ReadYaml(value, "value").json)) {
    text += (text.empty() ? "" : "\n") + finding.pointer + ": " + finding.message;
  }
  return text;
}

TEST(JsonSchema, SaysWhatWasExpectedAndFound) {
  struct Case {
    const char* schema;
    const char* value;
    const char* says;
  };
  const Case kCases[] = {
      {"type: string", "[]", ": expected text, found a list"},
      {"type: string", "1", ": expected text, found 1 (write it in quotes)"},
      {"type: [string, array, 'null']", "{}", ": expected text, a list or null, found a mapping"},
      {"type: integer", "1.5", ": expected a whole number, found 1.5"},
      {"type: integer", "1.0", ""},
      {"items: {type: object}", "[null]", "/0: expected a mapping, found null"},
      {"const: {a: 1}", "{a: 2}", ": expected a mapping, found a mapping"},
      {"const: 1", "1.0", ""},
      {"enum: [red, green]", "gren",
       ": expected one of 'red' or 'green', found 'gren' (did you mean 'green'?)"},
      {"enum: [1, null, true]", "false", ": expected one of 1, null or true, found false"},
      {"minimum: 3", "2", ": expected a number of at least 3, found 2"},
      {"maximum: 3", "3.5", ": expected a number of at most 3, found 3.5"},
      {"exclusiveMinimum: 3", "3", ": expected a number above 3, found 3"},
      {"exclusiveMaximum: 3", "3", ": expected a number below 3, found 3"},
      {"multipleOf: 0.01", "0.075", ": expected a multiple of 0.01, found 0.075"},
      {"multipleOf: 0.01", "4.35", ""},
      {"minLength: 2", "\"\\u00e9\"", ": expected at least 2 characters, found 1"},
      {"maxLength: 1", "abc", ": expected at most 1 character, found 3"},
      {"pattern: ^a", "b", ": expected text that matches ^a, found 'b'"},
      {"{pattern: ^a, x-expected: a word with a}", "b", ": expected a word with a, found 'b'"},
      {"{type: string, pattern: '^[0-9]+s$', x-expected: a time}", "60",
       ": expected a time, found 60"},
      {"format: date", "2026-02-30", ": expected a date such as 2026-11-21, found '2026-02-30'"},
      {"format: password", "x", ""},
      {"minItems: 2", "[1]", ": expected at least 2 elements, found 1"},
      {"uniqueItems: true", "[a, {x: 1, y: 2}, {y: 2, x: 1.0}]",
       "/2: expected every element once, found a mapping again (first at [1])"},
      {"uniqueItems: true", "[1, true, '1', [1], {a: 1}, null, 0, false]", ""},
      {"contains: {type: string}", "[1]",
       ": expected an element that matches the schema of 'contains', found none"},
      {"minProperties: 1", "{}", ": expected at least 1 key, found 0"},
      {"required: [a, b]", "{c: 1}", ": missing key 'a'\n: missing key 'b'"},
      {"dependencies: {a: [b]}", "{a: 1}", ": missing key 'b', which 'a' needs"},
      {"{properties: {path: true}, additionalProperties: false}", "{pth: 1, other: 2}",
       "/pth: unknown key 'pth' (did you mean 'path'?)\n"
       "/other: unknown key 'other': expected only 'path'"},
      {"{patternProperties: {^x-: true}, additionalProperties: false}", "{x-a: 1, y: 2}",
       "/y: unknown key 'y'"},
      {"propertyNames: {maxLength: 2}", "{abc: 1}",
       "/abc: the key itself: expected at most 2 characters, found 3"},
      {"not: {type: string}", "x", ": found 'x', which the schema of 'not' excludes"},
      {"properties: {a: false}", "{a: 1}", "/a: nothing is allowed here"},
      {"{if: {required: [a]}, then: {required: [b]}, else: {required: [c]}}", "{a: 1}",
       ": missing key 'b'"},
      {"{if: {required: [a]}, then: {required: [b]}, else: {required: [c]}}", "{}",
       ": missing key 'c'"},
      {"properties: {a/b: {items: {properties: {'~': {type: string}}}}}",
       "{a/b: [{'~': 'x'}, {'~': []}]}", "/a~1b/1/~0: expected text, found a list"},
      {"type: object", "\"\\e[2J\"", ": expected a mapping, found '\\x1b[2J'"},
  };
  for (const Case& one : kCases) EXPECT_EQ(Check(one.schema, one.value), one.says) << one.schema;
}

TEST(JsonSchema, AChoiceNamesTheNearestForm) {
  EXPECT_EQ(Check("anyOf: [{type: string}, {type: 'null'}]", "3"),
            ": expected text or null, found 3");
  EXPECT_EQ(Check("items: {oneOf: [{type: string}, {type: object, required: [name]}]}", "[{}]"),
            "/0: missing key 'name'");
  const char* kinds =
      "oneOf: [{properties: {kind: {const: file}, path: {type: string}}, required: [kind, path]},"
      "        {properties: {kind: {const: http}, url: {type: string}}, required: [kind, url]}]";
  EXPECT_EQ(Check(kinds, "{kind: http, url: []}"), "/url: expected text, found a list");
  EXPECT_EQ(Check(kinds, "{kind: file}"), ": missing key 'path'");
  EXPECT_EQ(
      Check(kinds, "{kind: ftp, path: x, url: y}"),
      ": fits none of 2 forms: expected 'file', found 'ftp'; or expected 'http', found 'ftp'");
  EXPECT_EQ(Check("oneOf: [{minimum: 1}, {minimum: 2}, {maximum: 0}]", "5"),
            ": expected exactly one of 3 forms, found a value that fits forms 1 and 2");
  EXPECT_EQ(Check("not: {anyOf: [{const: 1}, {const: 2}]}", "3"), "");
}

TEST(JsonSchema, ReportsEveryFaultOnceAndOnlyLeaves) {
  const char* schema =
      "{properties: {a: {type: array, items: {type: object, required: [id], properties: "
      "{id: {type: integer}}}}, b: {allOf: [{type: string}, {minLength: 3}]}}, required: [c]}";
  EXPECT_EQ(Check(schema, "{a: [{id: x}, {}, {id: 1}], b: q}"),
            ": missing key 'c'\n"
            "/a/0/id: expected a whole number, found 'x'\n"
            "/a/1: missing key 'id'\n"
            "/b: expected at least 3 characters, found 1");
}

TEST(JsonSchema, ComparesLargeNumbersExactly) {
  EXPECT_EQ(Check("const: 9007199254740993", "9007199254740993"), "");
  EXPECT_NE(Check("const: 9007199254740993", "9007199254740992"), "");
  EXPECT_NE(Check("maximum: 9007199254740992", "9007199254740993"), "");
  EXPECT_NE(Check("maximum: 18446744073709551614", "18446744073709551615"), "");
  EXPECT_EQ(Check("minimum: -9223372036854775808", "-9223372036854775808"), "");
}

TEST(JsonSchema, RefusesBrokenSchemas) {
  const std::pair<const char*, const char*> kCases[] = {
      {"[]", "schema: expected a schema (a mapping, true or false), found a list"},
      {"type: strong",
       "schema: type: expected one of 'array', 'boolean', 'integer', 'null', 'number', 'object' or "
       "'string', found 'strong' (did you mean 'string'?)"},
      {"minLength: -1", "schema: minLength: expected a number of at least 0, found -1"},
      {"properties: {a: 1}", "schema: properties.a: expected true or false or a mapping, found 1"},
      {"definitions: {unused: {pattern: '('}}",
       "schema: definitions.unused.pattern: the pattern '(' is refused, 'missing ): (': expected "
       "RE2 "
       "syntax, which has no look-ahead, look-behind or back-references"},
      {"patternProperties: {'(?<=a)': true}",
       "schema: patternProperties.(?<=a): the pattern '(?<=a)' is refused, 'invalid perl operator: "
       "(?<': expected RE2 syntax, which has no look-ahead, look-behind or back-references"},
      {"$ref: '#/nowhere'", "schema: $ref: the reference '#/nowhere' leads nowhere"},
      {"$ref: '#name'", "schema: $ref: the reference '#name' leads nowhere"},
      {"{$ref: '#/x', x: 5}", "schema: $ref: the reference '#/x' leads to 5, expected a schema"},
      {"{allOf: [{$ref: '#/x'}], x: {minLength: a}}",
       "schema: x.minLength: expected a whole number, found 'a'"},
      {"$ref: '#'", "schema: this schema refers to itself without end"},
      {"{definitions: {a: {$ref: '#/definitions/b'}, b: {anyOf: [{$ref: '#/definitions/a'}]}}}",
       "schema: definitions.a: this schema refers to itself without end"},
  };
  for (const auto& [schema, refusal] : kCases) EXPECT_EQ(Check(schema, "1"), refusal) << schema;
}

TEST(JsonSchema, FaultsOfAnotherDocumentNameIt) {
  const auto resolver = [](const std::string&) -> std::optional<Json> {
    return ParseJson(R"({"properties": {"a": {"type": 7}}})", "remote");
  };
  try {
    JsonSchema::CompileOrThrow(ParseJson(R"({"$ref": "http://x.example/s#/properties/a"})", "s"),
                               "mine", resolver);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_EQ(std::string(error.what()).substr(0, 54),
              "mine: in 'http://x.example/s': properties.a.type: expe");
  }
}

TEST(JsonSchema, RecursiveSchemasWork) {
  const char* tree = "{properties: {children: {items: {$ref: '#'}}, n: {type: integer}}}";
  EXPECT_EQ(Check(tree, "{n: 1, children: [{n: 2, children: [{n: x}]}]}"),
            "/children/0/children/0/n: expected a whole number, found 'x'");
}

TEST(JsonSchema, ValidatesAgainstASubschema) {
  std::vector<Finding> faults;
  const auto schema = JsonSchema::Compile(
      ReadYaml("{properties: {a/b: {$ref: '#/definitions/n'}}, definitions: {n: {type: integer}}}",
               "s")
          .json,
      faults);
  ASSERT_TRUE(schema);
  EXPECT_TRUE(schema->ValidateAt("/properties/a~1b", ParseJson("1", "v")).empty());
  EXPECT_EQ(schema->ValidateAt("/properties/a~1b", ParseJson("\"x\"", "v")).size(), 1U);
  EXPECT_THROW((void)schema->ValidateAt("/none", ParseJson("1", "v")), Error);
}

}  // namespace
}  // namespace connhost
