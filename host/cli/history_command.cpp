#include <unistd.h>

#include "base/error.h"
#include "base/time.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

int History(CommandContext& context) {
  const std::string connector = context.arguments().Positional(0);
  const std::vector<Generation> generations = context.registry().ListGenerations(connector);
  if (generations.empty()) {
    throw Error(ErrorKind::kConfig,
                "connector '" + connector + "' was never installed; 'connhost list' shows what is");
  }
  Json document(rapidjson::kArrayType);
  TextTable table({"GENERATION", "TIME", "WHAT", "VERSION", "FOR", "WHO", "WHY"});
  for (const Generation& each : generations) {
    const VersionScope& scope = each.scope;
    const std::string whose =
        scope.tenant + (scope.connection.empty() ? "" : "/" + scope.connection);
    table.Add({std::to_string(each.id), FormatTime(each.created_at).substr(0, 19) + "Z", each.kind,
               each.version.empty() ? "unpinned" : each.version, whose.empty() ? "all" : whose,
               each.actor, each.reason});
    JsonValue item(rapidjson::kObjectType);
    const auto text = [&](const char* name, const std::string& value) {
      SetMember(document, item, name, std::string_view(value));
    };
    SetMember(document, item, "generation", JsonValue(each.id));
    SetMember(document, item, "previous", JsonValue(each.previous));
    SetMember(document, item, "at", JsonTime(&document, each.created_at));
    text("kind", each.kind);
    text("version", each.version);
    text("digest", each.digest);
    text("tenant", scope.tenant);
    text("connection", scope.connection);
    text("actor", each.actor);
    text("reason", each.reason);
    document.PushBack(item, document.GetAllocator());
  }
  if (context.json()) {
    context.PrintJson(document);
  } else {
    context.Print(table.Render(WantsColour(STDOUT_FILENO), TerminalWidth(STDOUT_FILENO)));
  }
  return 0;
}

}  // namespace

Command HistoryCommand() {
  return {"history",
          "Show which versions of a connector were used: when, who, why",
          {"NAME"},
          {},
          {"connhost history csv"},
          History};
}

}  // namespace connhost
