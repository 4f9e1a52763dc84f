// A package of the store that somebody damaged: what needs it is refused with the way out, the rest
// goes on, and an install mends it.
#include <functional>

#include "tests/host/run/bad_guest_fixture.h"

namespace connhost {
namespace {

namespace fs = std::filesystem;

struct Damage {
  const char* name;
  std::function<void(const fs::path&)> inflict;  // on the package's folder
  bool seen_by_list;                             // which looks at names and sizes only
};

void Overwrite(const fs::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary) << content;
}

void FlipAByte(const fs::path& file) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(4096);
  const char byte = static_cast<char>(stream.get());
  stream.seekp(4096);
  stream.put(static_cast<char>(byte ^ 1));
}

const std::vector<Damage>& Damages() {
  static const std::vector<Damage> damages = {
      {"a flipped byte", [](const fs::path& at) { FlipAByte(at / "lib/good_source.so"); }, false},
      {"a short library",
       [](const fs::path& at) { fs::resize_file(at / "lib/good_source.so", 100); }, true},
      {"no library", [](const fs::path& at) { fs::remove(at / "lib/good_source.so"); }, true},
      {"no manifest", [](const fs::path& at) { fs::remove(at / "manifest.yaml"); }, true},
      {"no sums", [](const fs::path& at) { fs::remove(at / "SUMS"); }, true},
      {"garbage for sums", [](const fs::path& at) { Overwrite(at / "SUMS", "\xff\n../x"); }, true},
      {"no folder", [](const fs::path& at) { fs::remove_all(at); }, true},
      {"a file for the folder",
       [](const fs::path& at) {
         fs::remove_all(at);
         Overwrite(at, "no folder");
       },
       true},
  };
  return damages;
}

class DamagedPackage : public BadGuestTest {
 protected:
  static std::string StateIn(const std::vector<InstalledConnector>& list) {
    for (const InstalledConnector& each : list) {
      if (each.definition.id == "good_source") return each.state;
    }
    return "not listed";
  }

  // Before the run exists, or when the guest's process hashes what it loads.
  void ExpectRefused() {
    std::string kind;
    std::string cause;
    try {
      const RunOutcome outcome = RunBroken("numbers");
      kind = outcome.run.cause_kind;
      cause = outcome.run.cause;
    } catch (const Error& error) {
      kind = ErrorKindName(error.kind());
      cause = error.what();
    }
    EXPECT_TRUE(kind == "policy" || kind == "config") << kind;
    EXPECT_NE(cause.find("install"), std::string::npos) << cause;
    EXPECT_NE(cause.find("again"), std::string::npos) << cause;
  }
};

TEST_F(DamagedPackage, IsListedRefusedAndMended) {
  const std::string good = "{connector: good_source, config: {batches: '1', rows: '3'}}";
  ConnectBroken("numbers", good, "{connector: bronze, config: {path: bronze}}");
  const auto package =
      folder_.path() / "packages" / ("good_source-1.0.0-" + CurrentPlatform() + ".connpkg");
  Installer installer(*store_, *registry_, {}, {});
  const size_t connectors = installer.List().size();
  const std::string digest = registry_->ActiveDefinition("good_source")->digest;
  const fs::path entry = store_->Open(digest).root;
  for (const Damage& damage : Damages()) {
    SCOPED_TRACE(damage.name);
    fs::permissions(entry, fs::perms::owner_all);
    for (const auto& each : fs::recursive_directory_iterator(entry)) {
      fs::permissions(each.path(), fs::perms::owner_all);
    }
    damage.inflict(entry);
    const auto list = installer.List();
    EXPECT_EQ(list.size(), connectors);
    EXPECT_EQ(StateIn(list), damage.seen_by_list ? "broken" : "installed");
    const InstalledConnector connector = installer.Info("good_source").connector;
    EXPECT_EQ(connector.state, "broken");
    EXPECT_NE(connector.problem.find("install it again"), std::string::npos) << connector.problem;
    ExpectRefused();
    ExpectSteadyGoesOn();
    InstallPackage(package);
    const auto paused = registry_->FindConnection("broken", "numbers");
    EXPECT_NE(paused->pause_reason.find("install"), std::string::npos) << paused->pause_reason;
    EXPECT_EQ(registry_->ListAlerts(true).size(), 1U);
    EXPECT_THROW(RunBroken("numbers"), Error);
    registry_->ResumeConnection("broken", "numbers");
    EXPECT_TRUE(registry_->ListAlerts(true).empty());
    EXPECT_EQ(RunBroken("numbers").run.status, RunStatus::kSucceeded);
  }
}

}  // namespace
}  // namespace connhost
