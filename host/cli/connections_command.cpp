#include "base/time.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

std::string LastRun(Registry& registry, const TenantConnection& row) {
  const auto runs = registry.ListRuns({row.tenant, row.name, "", 1});
  if (runs.empty()) return "never";
  return std::string(RunStatusName(runs.front().status)) + " " +
         FormatTime(runs.front().started_at).substr(0, 19) + "Z";
}

int Connections(CommandContext& context) {
  Registry& registry = context.registry();
  context.SweepRuns();
  Json document(rapidjson::kArrayType);
  TextTable table({"CONNECTION", "SOURCE", "DESTINATION", "STATE", "LAST RUN"});
  for (const TenantConnection& row : registry.ListConnections()) {
    const std::string label = row.tenant + "/" + row.name;
    const std::string state = row.pause_reason.empty() ? "enabled" : "paused";
    table.Add({label, row.source, row.destination, state, LastRun(registry, row)});
    JsonValue item(rapidjson::kObjectType);
    SetMember(document, item, "connection", std::string_view(label));
    SetMember(document, item, "state", std::string_view(state));
    SetMember(document, item, "pause_reason", std::string_view(row.pause_reason));
    SetMember(document, item, "updated_at", JsonTime(&document, row.updated_at));
    SetMember(document, item, "document", JsonParsed(&document, row.document));
    document.PushBack(item, document.GetAllocator());
  }
  context.PrintList(document, table, "no connections yet; 'connhost apply -f FILE' makes one\n");
  return 0;
}

}  // namespace

Command ConnectionsCommand() {
  return {"connections",
          "List the connections and how their last run ended",
          {},
          {},
          {"connhost connections", "connhost connections --json"},
          Connections};
}

}  // namespace connhost
