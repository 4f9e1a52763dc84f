#include <unistd.h>

#include "base/error.h"
#include "base/files.h"
#include "host/cli/command.h"
#include "host/cli/run_json.h"
#include "host/cli/run_view.h"
#include "host/cli/signals.h"
#include "host/cli/terminal.h"
#include "host/run/run_engine.h"
#include "manifests/units.h"

namespace connhost {
namespace {

RunOptions OptionsOf(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  RunOptions options;
  options.stream = arguments.Get("stream");
  options.full = arguments.Has("full");
  options.commit_millis = arguments.GetInt("commit-seconds", 30) * 1000;
  if (arguments.Has("commit-bytes")) {
    const auto bytes = ParseSize(arguments.Get("commit-bytes"));
    if (!bytes) {
      throw Error(ErrorKind::kUsage, "--commit-bytes: expected a size such as 64MiB, found '" +
                                         arguments.Get("commit-bytes") + "'");
    }
    options.commit_bytes = *bytes;
  }
  if (arguments.Has("commit-records")) {
    options.commit_records = static_cast<uint64_t>(arguments.GetInt("commit-records", 0, 1));
  }
  options.attempts = static_cast<uint64_t>(arguments.GetInt("attempts", 5, 1));
  options.first_delay_millis = arguments.GetInt("retry-millis", 500, 1);
  options.echo_level = arguments.Has("quiet") ? 3 : arguments.Has("verbose") ? 0 : 2;
  if (!context.json()) {
    options.console = [](std::string_view bytes) { WriteAll(STDOUT_FILENO, bytes, "stdout"); };
  }
  return options;
}

int Run(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  const TenantConnection row = context.Connection(arguments.Positional(0));
  StopSignal stop;
  HandleSignals(&stop);
  const bool quiet = arguments.Has("quiet");
  RunView view(quiet ? RunView::Style::kQuiet : RunView::StyleFor(STDERR_FILENO));
  RunEngine engine(context.registry(), context.registry_factory(), context.store(), context.home(),
                   CommandContext::WorkerProgram());
  const RunOutcome outcome = engine.Run(row.tenant, row.name, OptionsOf(context), &stop, &view);
  if (context.json()) {
    Json document;
    const JsonValue run = RunToJson(&document, outcome.run);
    context.PrintJson(run);
  }
  const bool colour = WantsColour(STDERR_FILENO);
  Tell(quiet ? RunCauses(outcome, colour)
             : RunSummary(outcome, colour, TerminalWidth(STDERR_FILENO)));
  return outcome.exit_code;
}

}  // namespace

Command RunCommand() {
  return {"run",
          "Read a connection's streams and land their records",
          {"TENANT/CONNECTION"},
          {{"stream", 's', "NAME", "only this stream"},
           {"full", 0, "", "read everything again, whatever the state"},
           {"commit-seconds", 0, "N", "commit at the first checkpoint after so long; 30"},
           {"commit-bytes", 0, "SIZE", "or after so much data; 256MiB"},
           {"commit-records", 0, "N", "or after so many records"},
           {"attempts", 0, "N", "give up after so many failures without progress; 5"},
           {"retry-millis", 0, "N", "first delay before a retry, doubles each time; 500"},
           {"quiet", 'q', "", "say nothing but errors"},
           {"verbose", 'v', "", "show every line of the connectors"}},
          {"connhost run acme/orders", "connhost run acme/orders --stream items --full",
           "connhost run acme/orders --json --quiet"},
          Run};
}

}  // namespace connhost
