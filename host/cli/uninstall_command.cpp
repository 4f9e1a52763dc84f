#include "host/cli/command.h"

namespace connhost {
namespace {

int Uninstall(CommandContext& context) {
  const ConnectorDefinition gone = context.installer().Uninstall(context.arguments().Positional(0));
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "id", std::string_view(gone.id));
    SetMember(document, document, "version", std::string_view(gone.version));
    context.PrintJson(document);
    return 0;
  }
  context.Print(gone.id + "@" + gone.version + " uninstalled; 'connhost gc' frees its space\n");
  return 0;
}

}  // namespace

Command UninstallCommand() {
  return {"uninstall",
          "Take a version of a connector out of use",
          {"NAME[@VERSION]"},
          {{"reason", 0, "TEXT", "why, for the audit log"}},
          {"connhost uninstall csv", "connhost uninstall csv@1.0.0"},
          Uninstall};
}

}  // namespace connhost
