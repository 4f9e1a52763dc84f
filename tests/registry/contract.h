// The tests of the Registry interface, the same for every backend: a suite of parameterised tests
// over the backends that contract.cpp lists.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "registry/registry.h"

namespace connhost {

struct Backend {
  friend void PrintTo(const Backend& backend, std::ostream* stream) { *stream << backend.name; }

  std::string name;
  // Opens the registry that belongs to a test's own folder; a new folder means an empty registry.
  std::function<std::unique_ptr<Registry>(const std::filesystem::path& folder)> open;
  // Fails the running test when the stored rows break a rule that the interface cannot show.
  std::function<void(const std::filesystem::path& folder)> check;
};

// A fresh registry per test. `registry()` opens at the first call, so that a test may fork before.
class RegistryContract : public testing::TestWithParam<Backend> {
 protected:
  std::unique_ptr<Registry> Open() const { return GetParam().open(folder_.path()); }
  Registry& registry() {
    if (!registry_) registry_ = Open();
    return *registry_;
  }
  void TearDown() override { GetParam().check(folder_.path()); }

 private:
  TemporaryDirectory folder_;
  std::unique_ptr<Registry> registry_;
};

constexpr int64_t kLease = 60'000'000;  // longer than any test
constexpr int64_t kExpired = -1;        // a lease that has run out when it is given

inline const AuditEntry kByTest{"tester@host", "test", "csv", "to see", "{}"};

ConnectorDefinition CsvDefinition(const std::string& version);
TenantConnection Connection(const std::string& tenant, const std::string& name);
ConnectorRun NewRun(const std::string& id, const std::string& connection = "orders");
StreamState State(const Fence& fence, uint64_t sequence, const std::string& state = "{}");
StreamSchema Schema(const std::string& stream, const std::string& schema);

// Begins a run that must get its lease, by this process.
Fence Begin(Registry& registry, const std::string& id, const std::string& connection = "orders");
// Begins, commits the sequence with the run's id as its state, and finishes as succeeded.
void WholeRun(Registry& registry, const std::string& id, uint64_t sequence);
void Finish(Registry& registry, const Fence& fence, RunStatus status = RunStatus::kSucceeded);

// Expects an Error of `kind` whose sentence holds `part`.
void ExpectError(ErrorKind kind, const std::string& part, const std::function<void()>& action);

}  // namespace connhost
