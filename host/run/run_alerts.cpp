#include "host/run/run_alerts.h"

#include "base/error.h"
#include "base/json.h"

namespace connhost {
namespace {

constexpr char kRetriesExhausted[] = "retries_exhausted";
constexpr char kCrashLoop[] = "crash_loop";
constexpr char kPackageRefused[] = "package_refused";

void FileAlert(const ConnectorRun& run, const StreamFigures& figures, Registry* registry) {
  const std::string message = "stream '" + figures.stream + "' was tried " +
                              std::to_string(figures.attempts) + " times: " + figures.cause;
  registry->AddAlert({.id = 0,
                      .tenant = run.tenant,
                      .connection = run.connection,
                      .stream = figures.stream,
                      .severity = figures.crashed ? "breaking" : "warning",
                      .kind = figures.crashed ? kCrashLoop : kRetriesExhausted,
                      .message = message,
                      .details = "{\"run_id\":" + QuoteJson(run.id) + "}",
                      .created_at = 0,
                      .resolved_at = 0});
  if (figures.crashed) {
    registry->PauseConnection(run.tenant, run.connection, message + " (run " + run.id + ")");
  }
}

}  // namespace

void PauseForPackage(const ConnectionName& connection, const std::string& problem,
                     Registry* registry) {
  registry->ResolveAlerts(connection.tenant, connection.name, "", kPackageRefused);
  registry->AddAlert({.id = 0,
                      .tenant = connection.tenant,
                      .connection = connection.name,
                      .stream = "",
                      .severity = "breaking",
                      .kind = kPackageRefused,
                      .message = problem,
                      .details = "{}",
                      .created_at = 0,
                      .resolved_at = 0});
  registry->PauseConnection(connection.tenant, connection.name, problem);
}

void FileAlerts(const ConnectorRun& run, const std::vector<StreamFigures>& streams,
                Registry* registry) {
  for (const StreamFigures& figures : streams) {
    if (figures.gave_up || figures.status == "succeeded") {
      registry->ResolveAlerts(run.tenant, run.connection, figures.stream, kRetriesExhausted);
    }
    if (figures.gave_up) FileAlert(run, figures, registry);
  }
  // Inside a run nothing else is refused by policy.
  if (run.cause_kind == ErrorKindName(ErrorKind::kPolicy)) {
    PauseForPackage({run.tenant, run.connection}, run.cause, registry);
  }
}

}  // namespace connhost
