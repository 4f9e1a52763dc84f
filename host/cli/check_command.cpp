#include <unistd.h>

#include "base/error.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"
#include "host/run/run_log.h"

namespace connhost {
namespace {

struct Checked {
  std::string side;
  std::string connector;
  std::string problem;  // "" when it works
  ErrorKind kind = ErrorKind::kInternal;
};

void PrintLine(const std::string& connector, const GuestLine& line) {
  if (line.level < 2) return;
  Tell(std::string(LogLevelName(line.level)) + " " + connector + ": " + line.text + "\n");
}

Checked CheckSide(CommandContext& context, const ConnectionName& whose, const EndpointSpec& spec,
                  WorkerRole role) {
  Checked checked{role == WorkerRole::kSource ? "source" : "destination", spec.connector, "", {}};
  try {
    const Endpoint endpoint = context.resolver().Resolve(whose, spec, role);
    checked.connector = endpoint.Versioned();
    WorkerSession guest(endpoint.worker, -1,
                        [&](const GuestLine& line) { PrintLine(checked.connector, line); });
    guest.Call(FrameType::kCreate, 0, endpoint.config);
    guest.Call(FrameType::kAuthenticate, 0, "");
    guest.Close(std::chrono::seconds(1));
  } catch (const Error& error) {
    checked.problem = error.what();
    checked.kind = error.kind();
  }
  return checked;
}

void Show(CommandContext& context, const std::vector<Checked>& all) {
  Json document(rapidjson::kArrayType);
  const bool colour = WantsColour(STDOUT_FILENO);
  for (const Checked& each : all) {
    JsonValue item(rapidjson::kObjectType);
    SetMember(document, item, "side", std::string_view(each.side));
    SetMember(document, item, "connector", std::string_view(each.connector));
    SetMember(document, item, "ok", JsonValue(each.problem.empty()));
    if (!each.problem.empty()) {
      SetMember(document, item, "kind", std::string_view(ErrorKindName(each.kind)));
      SetMember(document, item, "problem", std::string_view(each.problem));
    }
    document.PushBack(item, document.GetAllocator());
    if (context.json()) continue;
    const std::string mark = each.problem.empty() ? Paint("ok    ", Colour::kGreen, colour)
                                                  : Paint("failed", Colour::kRed, colour);
    context.Print(mark + "  " + each.side + " " + each.connector +
                  (each.problem.empty() ? "" : ": " + each.problem) + "\n");
  }
  if (context.json()) context.PrintJson(document);
}

int Check(CommandContext& context) {
  const TenantConnection row = context.Connection(context.arguments().Positional(0));
  const ConnectionName name{row.tenant, row.name};
  const ConnectionSpec spec = StoredConnectionSpec(row.document, name.Label());
  const std::vector<Checked> all = {
      CheckSide(context, name, spec.source, WorkerRole::kSource),
      CheckSide(context, name, spec.destination, WorkerRole::kDestination)};
  Show(context, all);
  for (const Checked& each : all) {
    if (!each.problem.empty()) return ExitCode(each.kind);
  }
  return 0;
}

}  // namespace

Command CheckCommand() {
  return {"check",
          "See that both sides of a connection can be reached",
          {"TENANT/CONNECTION"},
          {},
          {"connhost check acme/orders"},
          Check};
}

}  // namespace connhost
