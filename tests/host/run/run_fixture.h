// An installation of its own for each test: the connectors of this build, a temporary home, real
// guests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "host/lifecycle/installer.h"
#include "host/run/apply.h"
#include "host/run/guest_spec.h"
#include "host/run/run_engine.h"

namespace connhost {

class RunFixture : public ::testing::Test {
 protected:
  RunFixture() : home_{folder_.path() / "home"} {
    home_.Create();
    registry_ = OpenSqliteRegistry(home_.registry().string());
    store_ = std::make_unique<Store>(home_.store());
    options_.commit_millis = 0;  // commit at every checkpoint
    options_.commit_bytes = 1;
    options_.first_delay_millis = 1;
    options_.longest_delay_millis = 5;
    options_.attempts = 3;
    options_.echo_level = 9;
  }

  void Install(const std::string& name) {
    InstallerOptions options;
    options.shipped = {CONNHOST_PACKAGES};
    options.allow_unsigned = true;
    const Describe describe = DescribeInGuest(home_, CONNHOST_WORKER);
    Installer(*store_, *registry_, describe, options).Install(name);
  }

  // A connection acme/NAME from a source to bronze.
  void Connect(const std::string& name, const std::string& source, const std::string& config,
               const std::string& streams = "") {
    if (!registry_->ActiveDefinition(source)) Install(source);
    if (!registry_->ActiveDefinition("bronze")) Install("bronze");
    Apply("apiVersion: connhost/v1\nkind: Connection\ntenant: acme\nname: " + name +
          "\nsource: {connector: " + source + ", config: " + config +
          "}\ndestination: {connector: bronze, config: {path: bronze}}\n" +
          (streams.empty() ? "" : "streams: " + streams + "\n"));
  }

  void Apply(const std::string& text) {
    const EndpointResolver resolver(*registry_, *store_, home_, CONNHOST_WORKER);
    ApplyConnections(text, "test.yaml", folder_.path(), *registry_, resolver);
  }

  RunOutcome Run(const std::string& name) {
    StopSignal stop;
    return Run(name, &stop);
  }
  RunOutcome Run(const std::string& name, StopSignal* stop, RunObserver* observer = nullptr) {
    RunEngine engine(
        *registry_, [path = home_.registry().string()] { return OpenSqliteRegistry(path); },
        *store_, home_, CONNHOST_WORKER);
    return engine.Run("acme", name, options_, stop, observer);
  }

  void Write(const std::string& file, const std::string& content) {
    MakeDirectories((folder_.path() / file).parent_path());
    std::ofstream(folder_.path() / file, std::ios::binary) << content;
  }

  // The visible lines of a stream, in order.
  std::vector<std::string> Landed(const std::string& connection, const std::string& stream,
                                  const std::string& tenant = "acme") const {
    const auto folder = folder_.path() / "bronze" / tenant / connection / stream;
    std::set<std::filesystem::path> segments;
    if (!std::filesystem::exists(folder)) return {};
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".ndjson") segments.insert(entry.path());
    }
    std::vector<std::string> lines;
    for (const auto& segment : segments) {
      std::ifstream file(segment);
      for (std::string line; std::getline(file, line);) lines.push_back(line);
    }
    return lines;
  }

  // The values of one column of the landed records, in order.
  std::vector<int64_t> LandedInts(const std::string& connection, const std::string& stream,
                                  const char* column, const std::string& tenant = "acme") const {
    std::vector<int64_t> values;
    for (const std::string& line : Landed(connection, stream, tenant)) {
      values.push_back(ParseJson(line, "line")["data"][column].GetInt64());
    }
    return values;
  }

  // 1 to n, each exactly once, in any order.
  static void ExpectOneToN(std::vector<int64_t> values, int64_t n) {
    std::sort(values.begin(), values.end());
    ASSERT_EQ(values.size(), static_cast<size_t>(n));
    for (int64_t i = 0; i < n; ++i) ASSERT_EQ(values[static_cast<size_t>(i)], i + 1);
  }

  static void ExpectBalance(const RunOutcome& outcome) {
    for (const StreamFigures& figures : outcome.streams) {
      EXPECT_TRUE(figures.Balances()) << figures.stream;
    }
  }

  TemporaryDirectory folder_;
  Home home_;
  std::unique_ptr<Registry> registry_;
  std::unique_ptr<Store> store_;
  RunOptions options_;
};

}  // namespace connhost
