// Runs of plugins that break the contract, beside a run of another tenant that must not notice.
#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/host/run/run_fixture.h"
#include "tests/sanitized.h"

namespace connhost {

// A plugin of tests/broken_plugins, what its connection tells it, and how the run must end.
struct BadGuest {
  std::string plugin;
  std::string config;           // "{what: far}"
  std::string kind;             // of the run's cause
  std::string said;             // part of the run's cause
  std::string limits = "{}";    // of its manifest
  std::string role = "source";  // or "destination"
};

// Each test has a steady run of the tenant `steady`, begun before its first bad guest and ended
// after its last. After each bad guest it commits one more row; at the end it has to have landed
// all of them in one attempt, and this process must hold no descriptor and no child of any guest.
class BadGuestTest : public RunFixture {
 protected:
  void SetUp() override;
  void TearDown() override;

  // Runs the guest against a good connector on the other side. Asserts that the run fails as told,
  // lands nothing, leaves no lease and nothing that hinders: the same connection, its bad side
  // replaced by a good one, lands everything.
  void ExpectFails(const BadGuest& guest);

  // The same for each.
  void ExpectAllFail(const std::vector<BadGuest>& guests);

  // Packs and installs a plugin once; `more` is added to its manifest.
  void InstallPlugin(const std::string& plugin, const std::string& role, const std::string& more);

  // Has the runs use the version that was installed last.
  void UseNewest(const std::string& plugin);
  void InstallPackage(const std::filesystem::path& package);

  // Makes or changes the connection broken/NAME; both sides as in a file: "{connector: ...}".
  void ConnectBroken(const std::string& name, const std::string& source,
                     const std::string& destination);
  RunOutcome RunBroken(const std::string& name);

  // Lets the steady run read one row more and waits until it is committed.
  void ExpectSteadyGoesOn();

  bool HasLandlock() const;

 private:
  RunOutcome RunOn(Registry& registry, const std::string& tenant, const std::string& name);
  void JoinSteady();

  size_t descriptors_ = 0;
  size_t connections_ = 0;
  int versions_ = 0;
  std::set<std::string> installed_;
  std::thread steady_;
  std::atomic<bool> steady_ended_ = false;
  RunOutcome steady_outcome_;
  int64_t steady_rows_ = 0;
};

}  // namespace connhost
