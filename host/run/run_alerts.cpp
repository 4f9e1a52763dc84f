#include "host/run/run_alerts.h"

#include "base/json.h"

namespace connhost {
namespace {

constexpr char kRetriesExhausted[] = "retries_exhausted";
constexpr char kCrashLoop[] = "crash_loop";

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

void FileAlerts(const ConnectorRun& run, const std::vector<StreamFigures>& streams,
                Registry* registry) {
  for (const StreamFigures& figures : streams) {
    if (figures.gave_up || figures.status == "succeeded") {
      registry->ResolveAlerts(run.tenant, run.connection, figures.stream, kRetriesExhausted);
    }
    if (figures.gave_up) FileAlert(run, figures, registry);
  }
}

}  // namespace connhost
