#include "host/run/run_engine.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/run/catalog.h"
#include "host/run/lease_keeper.h"
#include "host/run/run_alerts.h"
#include "host/run/stream_runner.h"

namespace connhost {
namespace {

constexpr size_t kMostLanes = 8;

double HostCpuSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

uint64_t HostPeakBytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) * 1024;
}

// One run from its lease to its last row.
class RunInProgress {
 public:
  RunInProgress(const ConnectionSpec& connection, const Endpoint& source,
                const Endpoint& destination, const RunOptions& options, const Home& home,
                Registry& registry, RegistryFactory open_registry, StopSignal* stop)
      : connection_(connection),
        source_(source),
        destination_(destination),
        options_(options),
        home_(home),
        registry_(registry),
        open_registry_(std::move(open_registry)),
        stop_(*stop) {}

  RunOutcome Execute(RunObserver* observer) {
    const int64_t begin = NowMicros();
    const double cpu = HostCpuSeconds();
    Begin();
    RunLog log(home_.logs(), outcome_.run.id, options_.echo_level);
    try {
      const std::vector<StreamTask> tasks = Plan(&log);
      RunTasks(tasks, &log, observer);
      Judge();
    } catch (const Error& error) {
      Fail(error);
    }
    try {
      FileAlerts(outcome_.run, outcome_.streams, &registry_);
    } catch (const Error& error) {
      Fail(error);
    }
    ConnectorRun& run = outcome_.run;
    run.finished_at = NowMicros();
    run.metrics = Metrics();
    run.cost = Cost(begin, HostCpuSeconds() - cpu);
    if (!run.cause.empty()) log.Write(3, "", "host", run.cause);
    registry_.FinishRun(fence_, run);
    return std::move(outcome_);
  }

 private:
  void Begin() {
    ConnectorRun& run = outcome_.run;
    run.id = NewRunId();
    run.tenant = connection_.tenant;
    run.connection = connection_.name;
    run.source_version = source_.Versioned();
    run.source_digest = source_.definition.digest;
    run.destination_version = destination_.Versioned();
    run.destination_digest = destination_.definition.digest;
    run.started_at = NowMicros();
    const LeaseAnswer answer =
        registry_.BeginRun(run, LeaseHolder::Current(), options_.lease_micros);
    if (!answer.fence) {
      throw Error(ErrorKind::kTransient, connection_.Label() + " is running already: run " +
                                             answer.held_by_run + " holds its lease until " +
                                             FormatTime(answer.expires_at) +
                                             " and renews it while it lives; see 'connhost runs'");
    }
    fence_ = *answer.fence;
  }

  std::vector<StreamTask> Plan(RunLog* log) {
    std::vector<CatalogStream> catalog =
        KnownStreams(registry_, connection_.tenant, connection_.name);
    const auto known = [&](const StreamSpec& wanted) {
      return std::any_of(catalog.begin(), catalog.end(),
                         [&](const CatalogStream& stream) { return stream.name == wanted.name; });
    };
    const std::vector<StreamSpec>& wanted = connection_.streams;
    if (wanted.empty() || !std::all_of(wanted.begin(), wanted.end(), known)) {
      const std::string& id = source_.definition.id;
      catalog = Discover(registry_, connection_, source_, stop_.request_fd(),
                         [&](const GuestLine& line) { log->Write(line.level, "", id, line.text); });
    }
    std::vector<StreamTask> tasks =
        PlanStreams(connection_, catalog, source_.manifest, destination_.manifest);
    if (!options_.stream.empty()) KeepOnly(options_.stream, &tasks);
    return tasks;
  }

  void KeepOnly(const std::string& stream, std::vector<StreamTask>* tasks) const {
    std::vector<std::string> names;
    for (const StreamTask& task : *tasks) names.push_back(task.name);
    std::erase_if(*tasks, [&](const StreamTask& task) { return task.name != stream; });
    if (!tasks->empty()) return;
    throw Error(ErrorKind::kUsage, connection_.Label() + " has no stream '" + stream + "'" +
                                       DidYouMean(stream, names) + "; it has " + JoinWords(names));
  }

  void RunTasks(const std::vector<StreamTask>& tasks, RunLog* log, RunObserver* observer) {
    std::vector<std::unique_ptr<StreamProgress>> progress;
    for (const StreamTask& task : tasks) {
      progress.push_back(std::make_unique<StreamProgress>(task.name));
      outcome_.streams.emplace_back().stream = task.name;
    }
    if (observer != nullptr) observer->OnStart(outcome_.run.id, progress);
    {
      const LeaseKeeper keeper(fence_, options_.lease_micros, open_registry_, &stop_,
                               [&] { return LiveMetrics(progress); });
      std::atomic<size_t> next{0};
      const auto lane = [&](Registry& registry) {
        const RunContext context{connection_, source_, destination_, fence_, options_,
                                 home_,       stop_,   registry,     *log};
        for (size_t i = next++; i < tasks.size(); i = next++) {
          if (stop_.requested()) break;
          RunStream(context, tasks[i], &outcome_.streams[i], progress[i].get());
        }
      };
      const size_t lanes =
          std::min({size_t{source_.manifest.parallel_streams}, tasks.size(), kMostLanes});
      std::vector<std::jthread> others;
      const auto other_lane = [&] {
        try {
          lane(*open_registry_());
        } catch (const Error& error) {  // no second handle: the other lanes do the work
          log->Write(2, "", "host", error.what());
        }
      };
      try {
        for (size_t i = 1; i < lanes; ++i) others.emplace_back(other_lane);
      } catch (const std::system_error& error) {  // no further thread: likewise
        log->Write(2, "", "host", std::string("start a thread for streams: ") + error.what());
      }
      lane(registry_);
    }
    for (StreamFigures& figures : outcome_.streams) {
      if (figures.status == "waiting") figures.status = "cancelled";
    }
    if (observer != nullptr) observer->OnEnd();
  }

  void Judge() {
    size_t failed = 0;
    size_t cancelled = 0;
    uint64_t rejected = 0;
    const StreamFigures* first = nullptr;
    for (const StreamFigures& figures : outcome_.streams) {
      rejected += figures.records_rejected;
      failed += figures.status == "failed" ? 1 : 0;
      cancelled += figures.status == "cancelled" ? 1 : 0;
      if (first == nullptr && figures.status == "failed") first = &figures;
    }
    ConnectorRun& run = outcome_.run;
    if (first != nullptr) {
      run.cause_kind = first->cause_kind;
      run.cause = first->cause;
      const bool all = failed == outcome_.streams.size();
      run.status = all ? RunStatus::kFailed : RunStatus::kPartial;
      outcome_.exit_code = all ? ExitCodeOf(first->cause_kind) : 5;
    } else if (cancelled > 0) {
      run.status = RunStatus::kCancelled;
      run.cause_kind = ErrorKindName(ErrorKind::kCancelled);
      run.cause = "stopped on request; what was committed stays";
      outcome_.exit_code = 1;
    } else {
      run.status = rejected > 0 ? RunStatus::kPartial : RunStatus::kSucceeded;
      outcome_.exit_code = rejected > 0 ? 5 : 0;
    }
  }

  static int ExitCodeOf(const std::string& kind) {
    for (const ErrorKind each : {ErrorKind::kConfig, ErrorKind::kAuth, ErrorKind::kPolicy}) {
      if (kind == ErrorKindName(each)) return ExitCode(each);
    }
    return 1;
  }

  void Fail(const Error& error) {
    ConnectorRun& run = outcome_.run;
    const bool cancelled = error.kind() == ErrorKind::kCancelled;
    run.status = cancelled ? RunStatus::kCancelled : RunStatus::kFailed;
    run.cause_kind = ErrorKindName(error.kind());
    run.cause = error.what();
    outcome_.exit_code = ExitCode(error.kind());
  }

  std::string Metrics() const {
    Json document(rapidjson::kObjectType);
    JsonValue streams(rapidjson::kArrayType);
    uint64_t read = 0, written = 0, rejected = 0;
    for (const StreamFigures& figures : outcome_.streams) {
      streams.PushBack(figures.ToJson(&document), document.GetAllocator());
      read += figures.records_read;
      written += figures.records_written;
      rejected += figures.records_rejected;
    }
    SetMember(document, document, "records_read", JsonValue(read));
    SetMember(document, document, "records_written", JsonValue(written));
    SetMember(document, document, "records_rejected", JsonValue(rejected));
    SetMember(document, document, "streams", std::move(streams));
    return WriteJson(document);
  }

  static std::string LiveMetrics(const std::vector<std::unique_ptr<StreamProgress>>& progress) {
    uint64_t records = 0;
    for (const auto& stream : progress) records += stream->records;
    return "{\"records_in_progress\":" + std::to_string(records) + "}";
  }

  std::string Cost(int64_t begin, double host_cpu) const {
    double cpu = host_cpu;
    uint64_t guests_peak = 0, read = 0, written = 0;
    for (const StreamFigures& figures : outcome_.streams) {
      cpu += figures.guest_cpu_seconds;
      guests_peak = std::max(guests_peak, figures.guest_peak_bytes);
      read += figures.bytes_read;
      written += figures.bytes_written;
    }
    const size_t lanes =
        std::min({size_t{source_.manifest.parallel_streams}, outcome_.streams.size(), kMostLanes});
    Json document(rapidjson::kObjectType);
    const double wall = static_cast<double>(NowMicros() - begin) / 1e6;
    SetMember(document, document, "cpu_seconds", JsonValue(cpu));
    SetMember(document, document, "wall_seconds", JsonValue(wall));
    SetMember(document, document, "peak_memory_bytes",
              JsonValue(HostPeakBytes() + guests_peak * std::max<size_t>(lanes, 1)));
    SetMember(document, document, "bytes_read", JsonValue(read));
    SetMember(document, document, "bytes_written", JsonValue(written));
    return WriteJson(document);
  }

  const ConnectionSpec& connection_;
  const Endpoint& source_;
  const Endpoint& destination_;
  const RunOptions& options_;
  const Home& home_;
  Registry& registry_;
  RegistryFactory open_registry_;
  StopSignal& stop_;
  Fence fence_;
  RunOutcome outcome_;
};

}  // namespace

RunEngine::RunEngine(Registry& registry, RegistryFactory open_registry, const Store& store,
                     const Home& home, std::string worker_program)
    : registry_(registry),
      open_registry_(std::move(open_registry)),
      store_(store),
      home_(home),
      worker_program_(std::move(worker_program)) {}

RunOutcome RunEngine::Run(const std::string& tenant, const std::string& connection,
                          const RunOptions& options, StopSignal* stop, RunObserver* observer) {
  const ConnectionName name{tenant, connection};
  const std::string label = name.Label();
  const auto row = registry_.FindConnection(tenant, connection);
  if (!row) {
    throw Error(ErrorKind::kConfig,
                "no connection '" + label + "'; 'connhost connections' lists those there are");
  }
  if (!row->pause_reason.empty()) {
    throw Error(ErrorKind::kConfig, "connection '" + label + "' is paused: " + row->pause_reason +
                                        "; 'connhost resume " + label + "' lets it run again");
  }
  const ConnectionSpec spec = StoredConnectionSpec(row->document, label);
  const EndpointResolver resolver(registry_, store_, home_, worker_program_);
  const auto resolve = [&](const EndpointSpec& side, WorkerRole role) {
    try {
      return resolver.Resolve(name, side, role);
    } catch (const PackageRefused& refusal) {
      PauseForPackage(name, refusal.what(), &registry_);
      throw;
    }
  };
  const Endpoint source = resolve(spec.source, WorkerRole::kSource);
  const Endpoint destination = resolve(spec.destination, WorkerRole::kDestination);
  RunInProgress run(spec, source, destination, options, home_, registry_, open_registry_, stop);
  return run.Execute(observer);
}

}  // namespace connhost
