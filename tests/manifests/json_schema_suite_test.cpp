// The public draft-07 test suite: every required case, and the optional ones of asserted formats.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "manifests/json_schema.h"

namespace connhost {
namespace {

namespace fs = std::filesystem;
const fs::path kSuite = JSON_SCHEMA_TEST_SUITE;

std::string Slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::optional<Json> ServeRemote(const std::string& uri) {
  const std::string root = "http://localhost:1234/";
  if (uri.compare(0, root.size(), root) != 0) return std::nullopt;
  const fs::path path = kSuite / "remotes" / uri.substr(root.size());
  if (!fs::is_regular_file(path)) return std::nullopt;
  return ParseJson(Slurp(path), uri);
}

struct Score {
  int right = 0;
  std::string wrong;
};

void RunGroup(const std::string& file, const JsonValue& group, Score& score) {
  std::vector<Finding> faults;
  const auto schema = JsonSchema::Compile(group["schema"], faults, ServeRemote);
  const std::string name = file + ": " + group["description"].GetString();
  if (!schema) {
    score.wrong += FormatFindings(name, faults) + "\n";
    return;
  }
  for (const JsonValue& test : group["tests"].GetArray()) {
    const auto findings = schema->Validate(test["data"]);
    if (findings.empty() == test["valid"].GetBool()) {
      ++score.right;
    } else {
      score.wrong += name + ": " + test["description"].GetString() + "\n" +
                     FormatFindings("  found", findings) + "\n";
    }
    for (const Finding& finding : findings) EXPECT_FALSE(finding.message.empty()) << name;
  }
}

void RunFile(const fs::path& path, Score& score) {
  const Json groups = ParseJson(Slurp(path), path.string());
  for (const JsonValue& group : groups.GetArray()) RunGroup(path.filename(), group, score);
}

TEST(JsonSchemaSuite, EveryRequiredCasePasses) {
  Score score;
  for (const auto& entry : fs::directory_iterator(kSuite / "tests/draft7")) {
    if (entry.is_regular_file()) RunFile(entry.path(), score);
  }
  EXPECT_EQ(score.wrong, "");
  EXPECT_EQ(score.right, 423);
}

TEST(JsonSchemaSuite, AssertedFormatsPass) {
  Score score;
  for (const char* format : {"date", "time", "date-time", "email", "hostname", "ipv4", "ipv6",
                             "uri", "uri-reference", "json-pointer"}) {
    RunFile(kSuite / "tests/draft7/optional/format" / (std::string(format) + ".json"), score);
  }
  EXPECT_EQ(score.wrong, "");
  EXPECT_EQ(score.right, 89);
}

}  // namespace
}  // namespace connhost
