#include "host/upgrade/shadow_run.h"

#include <set>

#include "base/error.h"
#include "base/time.h"
#include "host/lifecycle/version_table.h"
#include "host/process/scratch_folder.h"

namespace connhost {
namespace {

constexpr char kLanding[] = "bronze";
constexpr int64_t kLease = 60'000'000;  // microseconds; states are put in place in far less

ErrorKind KindOf(const std::string& name) {
  for (const ErrorKind each : {ErrorKind::kConfig, ErrorKind::kAuth, ErrorKind::kPolicy,
                               ErrorKind::kCancelled, ErrorKind::kTransient}) {
    if (name == ErrorKindName(each)) return each;
  }
  return ErrorKind::kInternal;
}

// The connection with one version of its source, landing in `folder`.
std::string ShadowDocument(const std::string& text, const std::string& version,
                           const std::filesystem::path& folder) {
  Json document = ParseJson(text, "the connection");
  const auto set_text = [&](JsonValue& object, const char* name, const std::string& value) {
    SetMember(document, object, name, std::string_view(value));
  };
  set_text(document["source"], "version", version);
  JsonValue config(rapidjson::kObjectType);
  set_text(config, "path", folder.string());
  JsonValue destination(rapidjson::kObjectType);
  set_text(destination, "connector", kLanding);
  SetMember(document, destination, "config", std::move(config));
  SetMember(document, document, "destination", std::move(destination));
  if (document.HasMember("streams")) {
    for (JsonValue& stream : document["streams"].GetArray()) stream.RemoveMember("write");
  }
  return WriteJson(document);
}

}  // namespace

bool ShadowReport::none() const {
  for (const LandedDifference& each : streams) {
    if (!each.none()) return false;
  }
  return true;
}

// An installation of its own for one of the two versions.
class ShadowRun::Side {
 public:
  Side(ShadowRun* shadow, const std::filesystem::path& folder, const TenantConnection& row)
      : shadow_(shadow), home_{folder}, landing_(home_.bronze()), row_(row) {
    home_.Create();
    registry_ = OpenSqliteRegistry(home_.registry().string());
  }

  void Run(const ConnectorDefinition& source, const ConnectorDefinition& landing,
           StopSignal* stop) {
    for (const ConnectorDefinition& definition : {source, landing}) {
      registry_->AddDefinition(definition, {"connhost", "shadow", definition.id, "", "{}"});
    }
    TenantConnection row = row_;
    row.destination = kLanding;
    row.pause_reason.clear();
    row.document = ShadowDocument(row.document, source.version, landing_);
    registry_->PutConnection(row);
    CopyStates();
    RunEngine engine(
        *registry_, [path = home_.registry().string()] { return OpenSqliteRegistry(path); },
        shadow_->store_, home_, shadow_->worker_program_);
    const RunOutcome outcome = engine.Run(row.tenant, row.name, {}, stop, nullptr);
    if (outcome.run.status == RunStatus::kSucceeded) return;
    throw Error(KindOf(outcome.run.cause_kind), source.id + " " + source.version + ": the run " +
                                                    RunStatusName(outcome.run.status) + ": " +
                                                    outcome.run.cause);
  }

  // Of a stream by the name that its folder has.
  std::filesystem::path StreamFolder(const std::string& stream) const {
    return landing_ / row_.tenant / row_.name / stream;
  }

  std::set<std::string> Streams() const {
    std::set<std::string> names;
    if (!std::filesystem::exists(StreamFolder(""))) return names;
    for (const auto& entry : std::filesystem::directory_iterator(StreamFolder(""))) {
      const std::string name = entry.path().filename().string();
      if (entry.is_directory() && !name.starts_with(".")) names.insert(name);
    }
    return names;
  }

 private:
  // A person's rewind is what lets a destination without any commit go on from a state.
  void CopyStates() {
    const auto states = shadow_->registry_.ListStates(row_.tenant, row_.name);
    if (states.empty()) return;
    ConnectorRun run;
    run.id = NewRunId();
    run.tenant = row_.tenant;
    run.connection = row_.name;
    run.started_at = NowMicros();
    const LeaseAnswer answer = registry_->BeginRun(run, LeaseHolder::Current(), kLease);
    for (StreamState state : states) {
      state.run_id = run.id;
      registry_->CommitState(answer.fence.value(), state);
    }
    run.status = RunStatus::kSucceeded;
    run.finished_at = NowMicros();
    registry_->FinishRun(answer.fence.value(), run);
    registry_->RewindState(row_.tenant, row_.name, "", run.id);
  }

  ShadowRun* shadow_;
  Home home_;
  std::filesystem::path landing_;
  TenantConnection row_;
  std::unique_ptr<Registry> registry_;
};

ShadowRun::ShadowRun(Registry& registry, const Store& store, const Home& home,
                     std::string worker_program)
    : registry_(registry), store_(store), home_(home), worker_program_(std::move(worker_program)) {}

ShadowReport ShadowRun::Run(const std::string& connector, const std::string& version,
                            const ConnectionName& connection, StopSignal* stop) {
  const auto row = registry_.FindConnection(connection.tenant, connection.name);
  if (!row || row->source != connector) {
    throw Error(ErrorKind::kConfig,
                connection.Label() + ": expected a connection that reads with '" + connector +
                    "', found " + (row ? "one that reads with '" + row->source + "'" : "none") +
                    "; what a source reads is all that is compared");
  }
  const ConnectionSpec spec = StoredConnectionSpec(row->document, connection.Label());
  ShadowReport report;
  report.before = VersionTable(registry_, connector).Choose(spec.source.version, connection);
  report.after = version;
  const auto landing = registry_.ActiveDefinition(kLanding);
  const auto before = registry_.FindDefinition(connector, report.before);
  const auto after = registry_.FindDefinition(connector, report.after);
  if (!landing || !before || !after) {
    throw Error(ErrorKind::kConfig,
                !landing ? "what is read is compared as it lands in Bronze, and 'bronze' is not "
                           "installed; run 'connhost install bronze'"
                         : connector + " " + (before ? report.after : report.before) +
                               " is not installed; install it first");
  }
  const ScratchFolder folder(home_.root / "shadow");
  Side old_side(this, folder.path() / "before", *row);
  Side new_side(this, folder.path() / "after", *row);
  old_side.Run(*before, *landing, stop);
  new_side.Run(*after, *landing, stop);
  std::set<std::string> streams = old_side.Streams();
  streams.merge(new_side.Streams());
  for (const std::string& stream : streams) {
    report.streams.push_back(
        CompareLanded(stream, old_side.StreamFolder(stream), new_side.StreamFolder(stream)));
  }
  return report;
}

}  // namespace connhost
