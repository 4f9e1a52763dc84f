// A host of one test: store, registry, a folder of shipped packages, and a library that says of
// itself what the test wants.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "host/lifecycle/installer.h"
#include "registry/registry.h"

namespace connhost::testing {

// A manifest of a source; `more` is added at its end.
std::string ManifestText(const std::string& id, const std::string& version,
                         const std::string& more = "");

class HostFixture : public ::testing::Test {
 protected:
  HostFixture();

  // Packs ID at VERSION, library and all, into the shipped folder.
  std::filesystem::path Ship(const std::string& id, const std::string& version,
                             const std::string& content = "library");

  // What `work` refuses with; checks the kind and that nothing was registered or kept by it.
  std::string Refusal(ErrorKind kind, const std::function<void()>& work);

  std::filesystem::path EntryOf(const std::string& digest) const {
    return store_.root() / ("sha256-" + digest);
  }
  std::filesystem::path RegistryPath() const { return home_.path() / "registry.db"; }
  Installer NewInstaller(Registry& registry);

  TemporaryDirectory home_;
  std::filesystem::path shipped_ = home_.path() / "shipped";
  Store store_{home_.path() / "store"};
  std::unique_ptr<Registry> registry_;
  std::function<void(Description&)> lie_ = [](Description&) {};  // changes what the library says
  std::atomic<int> described_ = 0;
  Installer installer_;
};

}  // namespace connhost::testing
