// The conformance kit: looks at a connector from the outside and tells which promises of the plugin
// contract it keeps. Each check talks to guests in processes of their own, and has a time: whatever
// the connector does, every check has an outcome.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "host/conformance/check.h"
#include "host/run/home.h"

namespace connhost {

// A connector's configuration that a person has named.
struct GivenConfig {
  Json json;
  std::filesystem::path base;  // relative paths in it count from here
};

struct VerifyOptions {
  std::optional<Home> home;           // an installation, whose data no connector is granted
  std::string worker_program;         // path of connhost-worker
  std::optional<GivenConfig> config;  // without it the manifest's example is taken
  std::optional<GivenConfig> larger;  // the same with at least ten times the records
  // States that earlier versions wrote, by format ("csv/1"): JSON texts.
  std::map<std::string, std::string> old_states;
  std::vector<std::string> only;           // names of checks; empty: all
  uint64_t seed = 1;                       // of every choice that is made at random
  std::chrono::milliseconds time{30'000};  // for one check
};

struct Verdict {
  std::string check;
  std::string role;  // "source", "destination"; "" for the package
  CheckResult result;
  int64_t millis = 0;
};

// Verifies the package file or folder at `path`; `on_verdict` is called after each check. Throws
// Error{kUsage} for an unknown check, Error{kConfig} when there is nothing at `path` or a given
// configuration is refused by the manifest's schema. Never throws because of what the connector does.
std::vector<Verdict> VerifyConnector(const std::filesystem::path& path, VerifyOptions options,
                                     const std::function<void(const Verdict&)>& on_verdict = {});

// JSON text when `given` begins with '{', else the YAML or JSON file of that name. Throws
// Error{kConfig}.
GivenConfig ReadGivenConfig(const std::string& given);

}  // namespace connhost
