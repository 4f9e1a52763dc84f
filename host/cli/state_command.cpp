#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

void Show(CommandContext& context, const TenantConnection& row, const std::string& stream) {
  Json document(rapidjson::kArrayType);
  TextTable table({"STREAM", ">SEQUENCE", "RUN", "UPDATED", "COMPLETE", "STATE"});
  for (const StreamState& state : context.registry().ListStates(row.tenant, row.name)) {
    if (!stream.empty() && state.stream != stream) continue;
    table.Add({state.stream, std::to_string(state.sequence),
               state.run_id.empty() ? "set by hand" : state.run_id,
               FormatTime(state.updated_at).substr(0, 19) + "Z", state.complete ? "yes" : "no",
               state.state.empty() ? "none: reads from the start" : state.state});
    JsonValue item(rapidjson::kObjectType);
    SetMember(document, item, "stream", std::string_view(state.stream));
    SetMember(document, item, "sequence", JsonValue(state.sequence));
    SetMember(document, item, "run_id", std::string_view(state.run_id));
    SetMember(document, item, "updated_at", JsonTime(&document, state.updated_at));
    SetMember(document, item, "complete", JsonValue(state.complete));
    SetMember(document, item, "state_format", std::string_view(state.state_format));
    SetMember(document, item, "state", JsonParsed(&document, state.state));
    document.PushBack(item, document.GetAllocator());
  }
  context.PrintList(document, table, "no state: the next run reads from the start\n");
}

void Clear(CommandContext& context, const TenantConnection& row, const std::string& stream) {
  context.registry().ClearState(row.tenant, row.name, stream);
  if (!context.json()) {
    context.Print("cleared: the next run reads " + (stream.empty() ? "every stream" : stream) +
                  " from the start\n");
  }
}

void Rewind(CommandContext& context, const TenantConnection& row, const std::string& stream) {
  const std::string to = context.arguments().Get("to");
  if (to.empty()) {
    throw Error(ErrorKind::kUsage, "state rewind: expected --to RUN; 'connhost runs " + row.tenant +
                                       "/" + row.name + "' lists them");
  }
  Registry& registry = context.registry();
  const auto run = registry.FindRun(to);
  if (!run || run->tenant != row.tenant || run->connection != row.name) {
    throw Error(ErrorKind::kConfig, "no run '" + to + "' of " + row.tenant + "/" + row.name);
  }
  std::vector<std::string> rewound;
  for (const StreamState& state : registry.StatesOfRun(run->id)) {
    if (!stream.empty() && state.stream != stream) continue;
    registry.RewindState(row.tenant, row.name, state.stream, run->id);
    rewound.push_back(state.stream);
  }
  if (rewound.empty()) {
    throw Error(ErrorKind::kConfig, "run " + run->id + " left no state" +
                                        (stream.empty() ? "" : " of '" + stream + "'"));
  }
  if (context.json()) return Show(context, row, stream);
  context.Print("rewound " + JoinWords(rewound) + " to the end of run " + run->id +
                ": what came after it will be read again\n");
}

int State(CommandContext& context) {
  const std::string action = context.arguments().Positional(0);
  const TenantConnection row = context.Connection(context.arguments().Positional(1));
  const std::string stream = context.arguments().Get("stream");
  if (action == "show") {
    Show(context, row, stream);
  } else if (action == "clear") {
    Clear(context, row, stream);
  } else if (action == "rewind") {
    Rewind(context, row, stream);
  } else {
    throw Error(ErrorKind::kUsage, "state: expected show, clear or rewind, found '" + action + "'" +
                                       DidYouMean(action, {"show", "clear", "rewind"}));
  }
  return 0;
}

}  // namespace

Command StateCommand() {
  return {"state",
          "Show, clear or rewind where a connection's streams go on",
          {"show|clear|rewind", "TENANT/CONNECTION"},
          {{"stream", 's', "NAME", "only this stream"},
           {"to", 0, "RUN", "rewind: to where this run ended"}},
          {"connhost state show acme/orders", "connhost state clear acme/orders --stream items",
           "connhost state rewind acme/orders --to 20261121T140312"},
          State};
}

}  // namespace connhost
