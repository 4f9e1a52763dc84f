#include "base/error.h"
#include "base/files.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"
#include "host/run/apply.h"

namespace connhost {
namespace {

void PrintApplied(CommandContext& context, const std::vector<Applied>& applied) {
  if (!context.json()) {
    for (const Applied& each : applied) context.Print(each.label + " " + each.change + "\n");
    return;
  }
  Json document(rapidjson::kArrayType);
  for (const Applied& each : applied) {
    JsonValue row(rapidjson::kObjectType);
    SetMember(document, row, "connection", std::string_view(each.label));
    SetMember(document, row, "change", std::string_view(each.change));
    document.PushBack(row, document.GetAllocator());
  }
  context.PrintJson(document);
}

int Apply(CommandContext& context) {
  const std::string file = context.arguments().Get("file");
  if (file.empty()) {
    throw Error(ErrorKind::kUsage, "apply: expected -f FILE; see 'connhost apply --help'");
  }
  const bool standard_input = file == "-";
  const std::filesystem::path path = standard_input ? "/dev/stdin" : file;
  const auto base = standard_input ? std::filesystem::current_path() : path.parent_path();
  const std::vector<Applied> applied = ApplyConnections(
      ReadFile(path), file, base.empty() ? "." : base, context.registry(), context.resolver());
  PrintApplied(context, applied);
  for (const Applied& each : applied) {
    if (!each.scheduled) continue;
    Tell(each.label +
         ": the schedule is kept, but this version starts no runs by itself; "
         "start them with cron or a systemd timer\n");
  }
  return 0;
}

}  // namespace

Command ApplyCommand() {
  return {
      "apply",
      "Make or change connections from a file",
      {},
      {{"file", 'f', "FILE", "YAML or JSON with one or more connections; - for standard input"}},
      {"connhost apply -f orders.yaml"},
      Apply};
}

}  // namespace connhost
