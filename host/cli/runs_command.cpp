#include <cstdint>
#include <tuple>

#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/cli/command.h"
#include "host/cli/run_json.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

Colour StatusColour(RunStatus status) {
  switch (status) {
    case RunStatus::kSucceeded:
      return Colour::kGreen;
    case RunStatus::kRunning:
      return Colour::kNone;
    case RunStatus::kPartial:
    case RunStatus::kCancelled:
      return Colour::kYellow;
    case RunStatus::kFailed:
    case RunStatus::kAbandoned:
      return Colour::kRed;
  }
  return Colour::kNone;
}

RunFilter FilterOf(const Arguments& arguments) {
  RunFilter filter;
  if (const std::string label = arguments.Positional(0); !label.empty()) {
    std::tie(filter.tenant, filter.connection) = SplitConnection(label);
  }
  filter.status = arguments.Get("status");
  if (!filter.status.empty()) RunStatusOf(filter.status);
  filter.limit = static_cast<int>(arguments.GetInt("limit", 20, 1));
  if (arguments.Has("all")) filter.limit = INT32_MAX;
  return filter;
}

int Runs(CommandContext& context) {
  Registry& registry = context.registry();
  context.SweepRuns();
  Json document(rapidjson::kArrayType);
  TextTable table({"RUN", "CONNECTION", "STATUS", ">READ", ">WRITTEN", ">DEAD", ">TIME", "CAUSE"});
  for (const ConnectorRun& run : registry.ListRuns(FilterOf(context.arguments()))) {
    document.PushBack(RunToJson(&document, run), document.GetAllocator());
    const int64_t end = run.finished_at == 0 ? NowMicros() : run.finished_at;
    table.Add({run.id, run.tenant + "/" + run.connection, RunStatusName(run.status),
               WithThousands(MetricOf(run.metrics, "records_read")),
               WithThousands(MetricOf(run.metrics, "records_written")),
               WithThousands(MetricOf(run.metrics, "records_rejected")),
               Duration(end - run.started_at), run.cause},
              StatusColour(run.status));
  }
  context.PrintList(document, table, "no runs\n");
  return 0;
}

}  // namespace

Command RunsCommand() {
  return {"runs",
          "List the runs, newest first",
          {"[TENANT/CONNECTION]"},
          {{"status", 's', "STATUS",
            "only: running, succeeded, partial, failed, cancelled or abandoned"},
           {"limit", 'n', "N", "at most so many; 20 by default"},
           {"all", 0, "", "every run"}},
          {"connhost runs", "connhost runs acme/orders --status failed", "connhost runs --json"},
          Runs};
}

}  // namespace connhost
