#include "manifests/yaml_reader.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace connhost {
namespace {

std::string AsJson(std::string_view yaml) {
  return WriteJson(ReadYaml(yaml, "t").json);
}

std::string Refusal(std::string_view text) {
  try {
    return "accepted as " + AsJson(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    return error.what();
  }
}

std::string PlaceOf(const TextDocument& document, std::string_view pointer) {
  const TextPosition at = FindPlace(document.places, pointer);
  return std::to_string(at.line) + ":" + std::to_string(at.column);
}

TEST(YamlReader, OnlyTrueFalseNullAndNumbersAreTyped) {
  const std::pair<const char*, const char*> kCases[] = {
      {"true", "true"},
      {"True", "true"},
      {"FALSE", "false"},
      {"null", "null"},
      {"~", "null"},
      {"0", "0"},
      {"-7", "-7"},
      {"1.5", "1.5"},
      {"1e3", "1000.0"},
      {"-0.25E-2", "-0.0025"},
      {"9223372036854775807", "9223372036854775807"},
      {"18446744073709551615", "18446744073709551615"},
      {"yes", "\"yes\""},
      {"no", "\"no\""},
      {"on", "\"on\""},
      {"off", "\"off\""},
      {"NO", "\"NO\""},
      {"y", "\"y\""},
      {"01234", "\"01234\""},
      {"1.0.0", "\"1.0.0\""},
      {"0x1F", "\"0x1F\""},
      {"0o17", "\"0o17\""},
      {".5", "\".5\""},
      {"5.", "\"5.\""},
      {"+1", "\"+1\""},
      {"1_000", "\"1_000\""},
      {".inf", "\".inf\""},
      {".nan", "\".nan\""},
      {"nan", "\"nan\""},
      {"1e999", "\"1e999\""},
      {"12:30:45", "\"12:30:45\""},
      {"2026-11-21", "\"2026-11-21\""},
      {"--1", "\"--1\""},
      {"tRUE", "\"tRUE\""},
      {"nULL", "\"nULL\""},
      {"'true'", "\"true\""},
      {"\"1\"", "\"1\""},
      {"''", "\"\""},
      {"!!str 1", "\"1\""},
      {"! 1", "\"1\""},
      {"|\n 1", "\"1\""},
      {">\n true", "\"true\""},
      {"<<", "\"<<\""}};
  for (const auto& [yaml, json] : kCases) {
    EXPECT_EQ(AsJson("v: " + std::string(yaml)), "{\"v\":" + std::string(json) + "}") << yaml;
  }
}

TEST(YamlReader, KeysAreAlwaysText) {
  EXPECT_EQ(AsJson("no: 1\n1: 2\ntrue: 3\n1.0: 4\n"), R"({"no":1,"1":2,"true":3,"1.0":4})");
}

TEST(YamlReader, KnowsThePlaceOfEveryValue) {
  const TextDocument document = ReadYaml(
      "# comment\na: 1\nb:\n  c: [x, {d: y}]\n  \"e/f\": z\nlist:\n- one\n-   k: v\n", "t");
  EXPECT_EQ(PlaceOf(document, ""), "2:1");
  EXPECT_EQ(PlaceOf(document, "/a"), "2:1");
  EXPECT_EQ(PlaceOf(document, "/b/c"), "4:3");
  EXPECT_EQ(PlaceOf(document, "/b/c/0"), "4:7");
  EXPECT_EQ(PlaceOf(document, "/b/c/1/d"), "4:11");
  EXPECT_EQ(PlaceOf(document, "/b/e~1f"), "5:3");
  EXPECT_EQ(PlaceOf(document, "/list/0"), "7:3");
  EXPECT_EQ(PlaceOf(document, "/list/1/k"), "8:5");
  EXPECT_EQ(PlaceOf(document, "/list/9/k"), "6:1");  // the nearest known value
  EXPECT_EQ(PlaceOf(document, "/b/none"), "3:1");
}

TEST(YamlReader, ReadsJsonAsJson) {
  const TextDocument document =
      ReadYaml("\n{\n\t\"a\\u002fb\": [1,\n 2.0, \"\\ud83d\\ude00\"], \"c\": {}}", "t");
  EXPECT_EQ(WriteJson(document.json), "{\"a/b\":[1,2.0,\"\xF0\x9F\x98\x80\"],\"c\":{}}");
  EXPECT_EQ(PlaceOf(document, ""), "2:1");
  EXPECT_EQ(PlaceOf(document, "/a~1b"), "3:2");
  EXPECT_EQ(PlaceOf(document, "/a~1b/1"), "4:2");
  EXPECT_EQ(PlaceOf(document, "/c"), "4:24");
}

TEST(YamlReader, ReadsFlowYamlThatOnlyLooksLikeJson) {
  EXPECT_EQ(AsJson("{a: 1, b: [x]}"), R"({"a":1,"b":["x"]})");
  EXPECT_EQ(AsJson("[a, b]"), R"(["a","b"])");
}

TEST(YamlReader, RefusesWithLineAndColumn) {
  const std::pair<std::string, const char*> kCases[] = {
      {"a: 1\nb: 2\na: 3\n", "t: line 3, column 1: the key 'a' stands twice: keep one"},
      {"{\"a\": 1,\n \"b\": {\"x\": 1, \"x\": 2}}",
       "t: line 2, column 16: the key 'x' stands twice: keep one"},
      {"{\"a\": 1, \"\\u0061\": 2}", "t: line 1, column 10: the key 'a' stands twice: keep one"},
      {"{\"a\": 1,, }", "t: line 1, column 9: not valid JSON: Missing a name for object member."},
      {"a:\n\tb: 1\n", "t: line 2, column 1: found a tab in the indentation: use spaces"},
      {"a:\n  - x\n \t - y\n", "t: line 3, column 2: found a tab in the indentation: use spaces"},
      {"a: 1\n---\nb: 2\n", "t: line 3, column 1: expected one document, found a second one here"},
      {"", "t: expected a document, found no content"},
      {"# nothing\n---\n", "t: expected a document, found no content"},
      {"a: !secret x",
       "t: line 1, column 4: the tag '!secret' is not supported: write a plain value"},
      {"a: !!map {}",
       "t: line 1, column 4: the tag 'tag:yaml.org,2002:map' is not supported: "
       "write a plain value"},
      {"? {a: b}\n: c",
       "t: line 1, column 3: expected a key that is text, found a list or mapping"},
      {"x: &k key\n? *k\n: c", "t: line 2, column 3: expected a key that is text, found an alias"},
      {": c", "t: line 1, column 1: expected a key, found nothing (or an unquoted null)"},
      {"null: c", "t: line 1, column 1: expected a key, found nothing (or an unquoted null)"},
      {"a: &x [1, *x]", "t: line 1, column 11: this alias refers to a value that contains it"},
      {"a: *none", "t: line 1, column 4: not valid YAML: the referenced anchor is not defined"},
      {"a: \"open", "t: line 1, column 9: not valid YAML: illegal EOF in scalar"},
      {"a: [1, 2", "t: line 1, column 9: not valid YAML: end of sequence flow not found"},
      {"a: b: c", "t: line 1, column 5: not valid YAML: illegal map value"},
      {"a: x\x04y: z", "t: line 1, column 5: expected text, found the control character \\x04"},
      {std::string("a: x\0y", 6),
       "t: line 1, column 5: expected text, found the control character \\x00"},
      {"a: 1\nb: \xC3\x28\n",
       "t: line 2, column 1: expected UTF-8, found other bytes in this line"},
      {"b: \xED\xA0\x80", "t: line 1, column 1: expected UTF-8, found other bytes in this line"},
  };
  for (const auto& [text, refusal] : kCases) EXPECT_EQ(Refusal(text), refusal) << text;
}

TEST(YamlReader, AliasesAreCopies) {
  const TextDocument document = ReadYaml("a: &x {k: [1, 2]}\nb: *x\nc: [*x]\n", "t");
  EXPECT_EQ(WriteJson(document.json), R"({"a":{"k":[1,2]},"b":{"k":[1,2]},"c":[{"k":[1,2]}]})");
  EXPECT_EQ(PlaceOf(document, "/b/k/1"), "2:1");
  EXPECT_EQ(PlaceOf(document, "/c/0/k"), "3:5");
}

TEST(YamlReader, ReadsEveryDocumentOfAStream) {
  const auto documents =
      ReadYamlDocuments("a: 1\n---\n\n---\nb: &x 2\nc: *x\n...\n---\n- 3\n", "t");
  ASSERT_EQ(documents.size(), 3U);
  EXPECT_EQ(WriteJson(documents[0].json), R"({"a":1})");
  EXPECT_EQ(WriteJson(documents[1].json), R"({"b":2,"c":2})");
  EXPECT_EQ(WriteJson(documents[2].json), "[3]");
  EXPECT_EQ(PlaceOf(documents[1], "/c"), "6:1");
  EXPECT_TRUE(ReadYamlDocuments("", "t").empty());
  EXPECT_TRUE(ReadYamlDocuments("---\n---\n# x\n", "t").empty());
}

TEST(YamlReader, AnAliasDoesNotReachIntoTheNextDocument) {
  EXPECT_THROW(ReadYamlDocuments("a: &x 1\n---\nb: *x\n", "t"), Error);
}

TEST(YamlReader, KeepsTextAsWritten) {
  EXPECT_EQ(AsJson("a: \"\\u00e9\\n\\t\"\nb: |\n  x\n    y\nc: >-\n  p\n  q\r\n"),
            "{\"a\":\"\xC3\xA9\\n\\t\",\"b\":\"x\\n  y\\n\",\"c\":\"p q\"}");
  EXPECT_EQ(AsJson("\xEF\xBB\xBF"
                   "a: 1"),
            R"({"a":1})");
}

}  // namespace
}  // namespace connhost
