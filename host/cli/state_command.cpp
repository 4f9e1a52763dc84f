#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/cli/command.h"
#include "host/cli/state_diff.h"
#include "host/cli/terminal.h"
#include "host/run/rewind_plan.h"

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

// The run of this connection that an option names.
ConnectorRun RunGiven(CommandContext& context, const TenantConnection& row, const char* option) {
  const std::string label = row.tenant + "/" + row.name;
  const std::string id = context.arguments().Get(option);
  if (id.empty()) {
    throw Error(ErrorKind::kUsage, "state " + context.arguments().Positional(0) + ": expected --" +
                                       option + " RUN; 'connhost runs " + label + "' lists them");
  }
  const auto run = context.registry().FindRun(id);
  if (!run || run->tenant != row.tenant || run->connection != row.name) {
    throw Error(ErrorKind::kConfig, "no run '" + id + "' of " + label);
  }
  return *run;
}

JsonValue AsJson(Json* document, const RewoundStream& stream) {
  JsonValue item(rapidjson::kObjectType);
  SetMember(*document, item, "stream", std::string_view(stream.then.stream));
  SetMember(*document, item, "from_sequence", JsonValue(stream.now.sequence));
  SetMember(*document, item, "to_sequence", JsonValue(stream.then.sequence));
  SetMember(*document, item, "runs_since", JsonValue(stream.runs));
  SetMember(*document, item, "records_again", JsonValue(stream.records));
  SetMember(*document, item, "state", JsonParsed(document, stream.then.state));
  return item;
}

void Rewind(CommandContext& context, const TenantConnection& row, const std::string& stream) {
  Registry& registry = context.registry();
  const ConnectorRun run = RunGiven(context, row, "to");
  const std::vector<RewoundStream> plan = PlanRewind(registry, run, stream);
  const bool dry = context.arguments().Has("dry-run");
  Json document(rapidjson::kArrayType);
  TextTable table({"STREAM", ">RUNS SINCE", ">RECORDS AGAIN", "GOES ON AT"});
  for (const RewoundStream& each : plan) {
    if (!dry) registry.RewindState(row.tenant, row.name, each.then.stream, run.id);
    document.PushBack(AsJson(&document, each), document.GetAllocator());
    table.Add({each.then.stream, std::to_string(each.runs), WithThousands(each.records),
               each.then.state});
  }
  context.PrintList(document, table, "");
  if (context.json()) return;
  context.Print(std::string(dry ? "nothing is changed yet: the next run would read"
                                : "rewound: the next run reads") +
                " again what came after run " + run.id +
                "; a destination that appends then holds these records twice\n");
}

void Diff(CommandContext& context, const TenantConnection& row, const std::string& stream) {
  Registry& registry = context.registry();
  const ConnectorRun run = RunGiven(context, row, "from");
  Json document(rapidjson::kArrayType);
  TextTable table({"STREAM", "PLACE", "THEN", "NOW"});
  for (const StreamState& then : registry.StatesOfRun(run.id)) {
    if (!stream.empty() && then.stream != stream) continue;
    const auto now = registry.CurrentState(row.tenant, row.name, then.stream);
    Json scratch;
    const JsonValue before = JsonParsed(&scratch, then.state);
    const JsonValue after = JsonParsed(&scratch, now ? now->state : "");
    for (const JsonDifference& each : CompareJson(before, after)) {
      JsonValue item(rapidjson::kObjectType);
      SetMember(document, item, "stream", std::string_view(then.stream));
      SetMember(document, item, "place", std::string_view(each.place));
      SetMember(document, item, "then", JsonParsed(&document, each.before.value_or("")));
      SetMember(document, item, "now", JsonParsed(&document, each.after.value_or("")));
      document.PushBack(item, document.GetAllocator());
      table.Add({then.stream, each.place.empty() ? "/" : each.place, each.before.value_or("-"),
                 each.after.value_or("-")});
    }
  }
  context.PrintList(document, table, "the states are as run " + run.id + " left them\n");
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
  } else if (action == "diff") {
    Diff(context, row, stream);
  } else {
    throw Error(ErrorKind::kUsage, "state: expected show, clear, rewind or diff, found '" + action +
                                       "'" +
                                       DidYouMean(action, {"show", "clear", "rewind", "diff"}));
  }
  return 0;
}

}  // namespace

Command StateCommand() {
  return {"state",
          "Show, compare, clear or rewind where a connection's streams go on",
          {"show|diff|clear|rewind", "TENANT/CONNECTION"},
          {{"stream", 's', "NAME", "only this stream"},
           {"to", 0, "RUN", "rewind: to where this run ended"},
           {"dry-run", 0, "", "rewind: only say what would be read again"},
           {"from", 0, "RUN", "diff: what changed since this run ended"}},
          {"connhost state show acme/orders", "connhost state clear acme/orders --stream items",
           "connhost state rewind acme/orders --to 20261121T140312",
           "connhost state diff acme/orders --from 20261121T140312"},
          State};
}

}  // namespace connhost
