#include "host/cli/command.h"

namespace connhost {
namespace {

int Install(CommandContext& context) {
  const InstallResult result = context.installer().Install(context.arguments().Positional(0));
  const ConnectorDefinition& definition = result.definition;
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "id", std::string_view(definition.id));
    SetMember(document, document, "version", std::string_view(definition.version));
    SetMember(document, document, "digest", std::string_view(definition.digest));
    SetMember(document, document, "active", JsonValue(definition.active));
    SetMember(document, document, "was_installed", JsonValue(result.was_installed));
    context.PrintJson(document);
    return 0;
  }
  context.Print(definition.id + "@" + definition.version +
                (result.was_installed ? " was installed already" : " installed") +
                "  sha256:" + definition.digest.substr(0, 12) + "\n");
  if (!definition.active) {
    const auto active = context.registry().ActiveDefinition(definition.id);
    context.Print("version " + (active ? active->version : "") +
                  " stays active; 'connhost upgrade " + definition.id + "@" + definition.version +
                  "' switches\n");
  }
  return 0;
}

}  // namespace

Command InstallCommand() {
  return {"install",
          "Install a connector from a package file or by the name of a shipped one",
          {"NAME|FILE"},
          {{"reason", 0, "TEXT", "why, for the audit log"}},
          {"connhost install csv", "connhost install ./orders-1.2.0-linux-x86_64.connpkg"},
          Install};
}

}  // namespace connhost
