#include "tests/host/run/bad_guest_fixture.h"

#include <sys/wait.h>

#include <cerrno>

#include "host/lifecycle/pack.h"

namespace connhost {
namespace {

constexpr int64_t kHealthyRows = 6;

// But those of the registry: SQLite closes some of them with the last handle only.
size_t CountDescriptors() {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const auto target = std::filesystem::read_symlink(entry.path(), gone);
    count += target.filename().string().starts_with("registry.db") ? 0 : 1;
  }
  return count;
}

std::string ManifestText(const std::string& id, int version, const std::string& role,
                         const std::string& more) {
  const bool source = role == "source";
  return "manifest: 1\nid: " + id + "\nversion: 1.0." + std::to_string(version) +
         "\nname: A test\ndescription: For tests.\npublisher: connhost\nlicense: Apache-2.0\n"
         "taxonomy: {origin: public, source: file, provider: local, product: test, method: file}\n"
         "kind: " +
         role + "\nabi: 1\nplatforms: {" + CurrentPlatform() + ": lib/" + id +
         ".so}\ncapabilities: " + (source ? "[full]" : "[append, overwrite]") +
         "\nrunners: [local]\n"
         "config: {type: object, additionalProperties: {type: string},\n"
         "  properties: {path: {type: string, description: A path.}}}\n" +
         more + "\n";
}

// What an honest library would say of itself: that one of these lies when it is installed is the
// business of other tests.
Description Described(const PackagePaths&, const Manifest& manifest) {
  return {manifest.id, manifest.version, manifest.abi, manifest.source, manifest.destination};
}

}  // namespace

void BadGuestTest::InstallPlugin(const std::string& plugin, const std::string& role,
                                 const std::string& more) {
  if (!installed_.insert(plugin + role + more).second) return;
  const TemporaryDirectory content;
  const auto library = content.path() / "lib" / (plugin + ".so");
  MakeDirectories(library.parent_path());
  std::filesystem::copy_file(std::string(CONNHOST_BROKEN_PLUGINS) + "/" + plugin + ".so", library);
  std::ofstream(content.path() / "manifest.yaml") << ManifestText(plugin, versions_++, role, more);
  InstallPackage(PackConnector(content.path(), folder_.path() / "packages").path);
  UseNewest(plugin);
}

void BadGuestTest::UseNewest(const std::string& plugin) {
  const std::string active = registry_->ActiveDefinition(plugin)->version;
  const std::string newest = registry_->ListVersions(plugin).back();
  if (active == newest) return;
  registry_->SwitchVersion(
      {.scope = {plugin, "", ""}, .from = active, .to = newest, .kind = "upgrade"},
      {"tester", "upgrade", plugin, "", "{}"});
}

void BadGuestTest::InstallPackage(const std::filesystem::path& package) {
  InstallerOptions options;
  options.allow_unsigned = true;
  Installer(*store_, *registry_, Described, options).Install(package.string());
}

void BadGuestTest::ConnectBroken(const std::string& name, const std::string& source,
                                 const std::string& destination) {
  Apply("apiVersion: connhost/v1\nkind: Connection\ntenant: broken\nname: " + name +
        "\nsource: " + source + "\ndestination: " + destination + "\n");
}

RunOutcome BadGuestTest::RunOn(Registry& registry, const std::string& tenant,
                               const std::string& name) {
  StopSignal stop;
  RunEngine engine(
      registry, [path = home_.registry().string()] { return OpenSqliteRegistry(path); }, *store_,
      home_, CONNHOST_WORKER);
  RunOptions options = options_;
  options.attempts = 1;
  return engine.Run(tenant, name, options, &stop, nullptr);
}

RunOutcome BadGuestTest::RunBroken(const std::string& name) {
  return RunOn(*registry_, "broken", name);
}

void BadGuestTest::SetUp() {
  Install("bronze");
  InstallPlugin("good_source", "source", "");
  InstallPlugin("waits_for_files", "source", "files: {read: [path]}");
  MakeDirectories(folder_.path() / "gates");
  Apply(
      "apiVersion: connhost/v1\nkind: Connection\ntenant: steady\nname: numbers\n"
      "source: {connector: waits_for_files, config: {path: gates}}\n"
      "destination: {connector: bronze, config: {path: bronze}}\n");
  descriptors_ = CountDescriptors();
  steady_ = std::thread([this] {
    const auto registry = OpenSqliteRegistry(home_.registry().string());
    steady_outcome_ = RunOn(*registry, "steady", "numbers");
    steady_ended_ = true;
  });
  ExpectSteadyGoesOn();
}

void BadGuestTest::TearDown() {
  JoinSteady();
  EXPECT_EQ(steady_outcome_.run.status, RunStatus::kSucceeded) << steady_outcome_.run.cause;
  ASSERT_EQ(steady_outcome_.streams.size(), 1U);
  EXPECT_EQ(steady_outcome_.streams[0].attempts, 1U);
  ExpectOneToN(LandedInts("numbers", "numbers", "id", "steady"), steady_rows_);
  EXPECT_EQ(CountDescriptors(), descriptors_) << "a descriptor was left open";
  const pid_t child = ::waitpid(-1, nullptr, WNOHANG);
  EXPECT_TRUE(child == -1 && errno == ECHILD) << "a child was left";
}

void BadGuestTest::JoinSteady() {
  Write("gates/end", "");
  steady_.join();
}

void BadGuestTest::ExpectSteadyGoesOn() {
  Write("gates/" + std::to_string(++steady_rows_), "");
  const std::string wanted = std::to_string(steady_rows_ + 1);
  while (!steady_ended_) {
    const auto state = registry_->CurrentState("steady", "numbers", "numbers");
    if (state && state->state == wanted) return;
    std::this_thread::yield();
  }
  ADD_FAILURE() << "the steady run has ended";
}

void BadGuestTest::ExpectFails(const BadGuest& guest) {
  SCOPED_TRACE(guest.plugin + " " + guest.config);
  const bool source = guest.role == "source";
  InstallPlugin(guest.plugin, guest.role, "limits: " + guest.limits);
  const std::string bad = "{connector: " + guest.plugin + ", config: " + guest.config + "}";
  const std::string good_source = "{connector: good_source, config: {batches: '2', rows: '" +
                                  std::to_string(kHealthyRows / 2) + "'}}";
  const std::string bronze = "{connector: bronze, config: {path: bronze}}";
  const std::string name = "case" + std::to_string(++connections_);

  ConnectBroken(name, source ? bad : good_source, source ? bronze : bad);
  const RunOutcome outcome = RunBroken(name);
  EXPECT_EQ(outcome.run.status, RunStatus::kFailed);
  EXPECT_EQ(outcome.run.cause_kind, guest.kind) << outcome.run.cause;
  EXPECT_NE(outcome.run.cause.find(guest.said), std::string::npos) << outcome.run.cause;
  EXPECT_NE(outcome.run.cause.find(guest.plugin), std::string::npos) << outcome.run.cause;
  EXPECT_EQ(registry_->FindRun(outcome.run.id)->status, RunStatus::kFailed);
  EXPECT_TRUE(Landed(name, "numbers", "broken").empty());
  EXPECT_TRUE(registry_->ListStates("broken", name).empty());

  registry_->ResumeConnection("broken", name);  // it pauses after crashes
  ConnectBroken(name, good_source, bronze);
  const RunOutcome healed = RunBroken(name);
  EXPECT_EQ(healed.run.status, RunStatus::kSucceeded) << healed.run.cause;
  EXPECT_EQ(Landed(name, "numbers", "broken").size(), size_t{kHealthyRows});
  ExpectSteadyGoesOn();
}

void BadGuestTest::ExpectAllFail(const std::vector<BadGuest>& guests) {
  for (const BadGuest& guest : guests) ExpectFails(guest);
}

bool BadGuestTest::HasLandlock() const {
  const auto active = registry_->ActiveDefinition("good_source");
  const WorkerSpec spec =
      GuestSpec(store_->Open(active->digest), ParseManifest(active->manifest, active->id), home_,
                CONNHOST_WORKER);
  const WorkerSession session(spec, -1, {});
  return session.ready()["sandbox"]["landlock"].GetInt() > 0;
}

}  // namespace connhost
