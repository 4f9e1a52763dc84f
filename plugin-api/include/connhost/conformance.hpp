// The checks of `connhost verify` as tests of GoogleTest, one a check: for the tests of a
// connector.
//
//   CONNHOST_CONFORMANCE([] {
//     connhost::sdk::Quirks quirks;
//     quirks.config = R"({"path":"sample.csv"})";
//     quirks.skip["memory"] = "a sample of ten times the records would be a gigabyte";
//     return quirks;
//   }());
//
// In one file of a program made with the CMake function connhost_add_conformance_test, which says
// where the program and the connector are. docs/verify.md lists the checks.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "json.hpp"

namespace connhost::sdk {

// What is particular about a connector.
struct Quirks {
  std::string config;  // JSON, or the path of a file; "": the manifest's example
  std::string larger;  // the same with ten times the records, for the check of memory
  // States that earlier versions wrote: the path of a file by format ("csv/1").
  std::map<std::string, std::string> old_states;
  std::map<std::string, std::string> skip;  // reasons, by check
  uint64_t seed = 1;
  int seconds = 60;  // for one check
};

// Every check that the kit of this header knows.
inline const std::vector<std::string>& ConformanceChecks() {
  static const std::vector<std::string> checks = {
      "package", "load",   "manifest", "config",       "lifecycle", "discover",
      "batches", "resume", "cancel",   "backpressure", "state",     "commit",
      "recover", "repeat", "modes",    "secrets",      "memory"};
  return checks;
}

// Runs `connhost verify` for one check and asserts that it neither fails, crashes nor times out. A
// warning is printed. A check that is skipped without a reason in Quirks::skip fails: what cannot
// be looked at is to be known.
class ConformanceTest : public testing::TestWithParam<std::string> {
 protected:
  void Check(const Quirks& quirks) {
    const std::string& check = GetParam();
    const auto reason = quirks.skip.find(check);
    if (reason != quirks.skip.end()) GTEST_SKIP() << reason->second;
    const std::string said = Run(quirks, check);
    const Json verdicts = Json::Parse(said, "what connhost verify printed");
    if (verdicts.items().empty()) GTEST_SKIP() << "it does not look at connectors of this kind";
    for (const Json& verdict : verdicts.items()) {
      const std::string outcome = verdict.GetString("outcome");
      const std::string line =
          outcome + " " + verdict.GetString("role") + ": " + verdict.GetString("sentence");
      if (outcome == "pass") continue;
      if (outcome == "warn") {
        printf("%s\n", line.c_str());
      } else {
        ADD_FAILURE() << line;
      }
    }
  }

 private:
  // A word of a command for the shell.
  static std::string Quoted(const std::string& word) {
    std::string quoted = "'";
    for (const char each : word)
      quoted += each == '\'' ? std::string("'\\''") : std::string(1, each);
    return quoted + "'";
  }

  static std::string Run(const Quirks& quirks, const std::string& check) {
    const std::string output =
        testing::TempDir() + "connhost-verify-" + std::to_string(std::random_device{}());
    std::string command = Quoted(CONNHOST_PROGRAM) + " verify --json --only " + check + " --seed " +
                          std::to_string(quirks.seed) + " --time " + std::to_string(quirks.seconds);
    if (!quirks.config.empty()) command += " --config " + Quoted(quirks.config);
    if (!quirks.larger.empty()) command += " --larger " + Quoted(quirks.larger);
    for (const auto& [format, file] : quirks.old_states) {
      command += " --old-state " + Quoted(format + "=" + file);
    }
    command += " " + Quoted(CONNHOST_CONNECTOR) + " > " + Quoted(output);
    const int status = std::system(command.c_str());
    std::ifstream file(output, std::ios::binary);
    std::string said{std::istreambuf_iterator<char>(file), {}};
    std::filesystem::remove(output);
    if (said.empty()) ADD_FAILURE() << command << " ended with " << status << " and said nothing";
    return said.empty() ? "[]" : said;
  }
};

}  // namespace connhost::sdk

// One of these in a program, at namespace scope, with an expression of type Quirks.
#define CONNHOST_CONFORMANCE(...)                                                 \
  class Conformance : public connhost::sdk::ConformanceTest {};                   \
  TEST_P(Conformance, KeepsItsPromise) {                                          \
    static const connhost::sdk::Quirks of_connector = __VA_ARGS__;                \
    Check(of_connector);                                                          \
  }                                                                               \
  INSTANTIATE_TEST_SUITE_P(Verify, Conformance,                                   \
                           testing::ValuesIn(connhost::sdk::ConformanceChecks()), \
                           [](const auto& each) { return each.param; })
