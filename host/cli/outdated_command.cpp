#include <unistd.h>

#include "host/cli/command.h"
#include "host/cli/terminal.h"
#include "host/lifecycle/outdated.h"

namespace connhost {
namespace {

std::string ToDo(const OutdatedConnector& connector) {
  if (!connector.outdated) return "";
  const std::string name = connector.id + "@" + connector.newest;
  return connector.installed ? "connhost upgrade " + name : "connhost install " + name;
}

int Outdated(CommandContext& context) {
  const OpenedCatalogs catalogs = context.OpenCatalogs();
  const PackageFinder finder(CommandContext::ShippedPackages(), catalogs.opened, CurrentPlatform());
  Json document(rapidjson::kArrayType);
  TextTable table({"CONNECTOR", "ACTIVE", "STATUS", "NEWEST", "FROM", "TO DO"});
  bool any = false;
  for (const OutdatedConnector& connector : ListOutdated(context.registry(), finder)) {
    const bool tell = connector.outdated || connector.status == "deprecated";
    any = any || tell;
    if (tell) {
      table.Add({connector.id, connector.active, connector.status, connector.newest, connector.from,
                 ToDo(connector)},
                connector.status == "deprecated" ? Colour::kYellow : Colour::kNone);
    }
    JsonValue item(rapidjson::kObjectType);
    const auto text = [&](const char* name, const std::string& value) {
      SetMember(document, item, name, std::string_view(value));
    };
    text("id", connector.id);
    text("active", connector.active);
    text("status", connector.status);
    text("newest", connector.newest);
    text("from", connector.from);
    SetMember(document, item, "outdated", JsonValue(connector.outdated));
    SetMember(document, item, "installed", JsonValue(connector.installed));
    document.PushBack(item, document.GetAllocator());
  }
  if (context.json()) {
    context.PrintJson(document);
  } else if (!any) {
    context.Print("every connector has its newest version\n");
  } else {
    context.Print(table.Render(WantsColour(STDOUT_FILENO), TerminalWidth(STDOUT_FILENO)));
  }
  return 0;
}

}  // namespace

Command OutdatedCommand() {
  return {"outdated",
          "List the installed connectors that have a newer version, or a deprecated one",
          {},
          {{"allow-http", 0, "", "read catalogs without https"}},
          {"connhost outdated", "connhost outdated --json"},
          Outdated};
}

}  // namespace connhost
