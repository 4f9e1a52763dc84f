#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

int List(CommandContext& context) {
  Json document(rapidjson::kArrayType);
  TextTable table({"CONNECTOR", "VERSION", "KIND", "STATE", "DIGEST", "PROBLEM"});
  for (const InstalledConnector& each : context.installer().List()) {
    const ConnectorDefinition& definition = each.definition;
    const bool broken = !each.problem.empty();
    table.Add({definition.id, definition.version, definition.kind,
               broken              ? "broken"
               : definition.active ? "active"
                                   : each.state,
               definition.digest.substr(0, 12), each.problem},
              broken ? Colour::kRed : Colour::kNone);
    JsonValue item(rapidjson::kObjectType);
    const auto text = [&](const char* name, const std::string& value) {
      SetMember(document, item, name, std::string_view(value));
    };
    text("id", definition.id);
    text("version", definition.version);
    text("kind", definition.kind);
    text("state", each.state);
    SetMember(document, item, "active", JsonValue(definition.active));
    text("digest", definition.digest);
    text("publisher", definition.publisher);
    SetMember(document, item, "installed_at", JsonTime(&document, definition.installed_at));
    if (broken) text("problem", each.problem);
    document.PushBack(item, document.GetAllocator());
  }
  context.PrintList(document, table, "no connectors yet; 'connhost install csv' installs one\n");
  return 0;
}

}  // namespace

Command ListCommand() {
  return {"list", "List the installed connectors",           {},
          {},     {"connhost list", "connhost list --json"}, List};
}

}  // namespace connhost
