// pause and resume: whether the runs of a connection may begin.
#include "host/cli/command.h"

namespace connhost {
namespace {

int Report(CommandContext& context, const TenantConnection& row, const char* state,
           const std::string& sentence) {
  const std::string label = row.tenant + "/" + row.name;
  if (!context.json()) {
    context.Print(label + sentence + "\n");
    return 0;
  }
  Json document(rapidjson::kObjectType);
  SetMember(document, document, "connection", std::string_view(label));
  SetMember(document, document, "state", std::string_view(state));
  context.PrintJson(document);
  return 0;
}

int Pause(CommandContext& context) {
  const TenantConnection row = context.Connection(context.arguments().Positional(0));
  context.registry().PauseConnection(row.tenant, row.name,
                                     context.arguments().Get("reason", "by hand"));
  return Report(context, row, "paused",
                " is paused; a run that goes on now ends as usual, none begins");
}

int Resume(CommandContext& context) {
  const TenantConnection row = context.Connection(context.arguments().Positional(0));
  context.registry().ResumeConnection(row.tenant, row.name);
  return Report(context, row, "enabled",
                row.pause_reason.empty() ? " was not paused" : " may run again");
}

}  // namespace

Command PauseCommand() {
  return {"pause",
          "Let no run of a connection begin",
          {"TENANT/CONNECTION"},
          {{"reason", 0, "TEXT", "why, for those who find it paused"}},
          {"connhost pause acme/orders --reason 'the shop migrates'"},
          Pause};
}

Command ResumeCommand() {
  return {"resume", "Let a paused connection run again", {"TENANT/CONNECTION"},
          {},       {"connhost resume acme/orders"},     Resume};
}

}  // namespace connhost
