// pin, unpin and pins: versions that a tenant or a connection keeps, whatever is active.
#include "base/error.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"
#include "host/cli/upgrade_view.h"
#include "host/upgrade/upgrader.h"

namespace connhost {
namespace {

VersionScope NarrowScope(CommandContext& context, const std::string& connector) {
  VersionScope scope = ScopeOf(context, connector);
  if (!scope.tenant.empty()) return scope;
  throw Error(ErrorKind::kUsage,
              "expected --tenant or --connection, found neither; for everyone, 'connhost upgrade " +
                  connector + "' switches the version");
}

int Pin(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  const ConnectorName name = ParseConnectorName(arguments.Positional(0));
  if (name.version.empty()) {
    throw Error(ErrorKind::kUsage, "expected NAME@VERSION, found " + arguments.Positional(0) +
                                       "; 'connhost list' shows the versions");
  }
  const EndpointResolver resolver = context.resolver();
  Upgrader upgrader(context.registry(), resolver);
  const UpgradePlan plan = upgrader.Plan(NarrowScope(context, name.id), name.version);
  if (plan.to == plan.from) {
    ShowPlan(context, plan, "switched");
    return 0;
  }
  return CarryOut(context, plan, [&] {
    upgrader.Switch(plan, {.accept_permissions = arguments.Has("accept-permissions"),
                           .actor = CommandContext::Actor(),
                           .reason = arguments.Get("reason")});
  });
}

int Unpin(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  const EndpointResolver resolver = context.resolver();
  Upgrader upgrader(context.registry(), resolver);
  const UpgradePlan plan = upgrader.PlanUnpin(NarrowScope(context, arguments.Positional(0)));
  return CarryOut(context, plan, [&] {
    upgrader.Switch(plan, {.accept_permissions = true,
                           .actor = CommandContext::Actor(),
                           .reason = arguments.Get("reason")});
  });
}

int Pins(CommandContext& context) {
  Json document(rapidjson::kArrayType);
  TextTable table({"CONNECTOR", "VERSION", "FOR"});
  for (const VersionPin& pin : context.registry().ListPins()) {
    const std::string whose =
        pin.scope.tenant + (pin.scope.connection.empty() ? "" : "/" + pin.scope.connection);
    table.Add({pin.scope.connector, pin.version, whose});
    JsonValue item(rapidjson::kObjectType);
    SetMember(document, item, "connector", std::string_view(pin.scope.connector));
    SetMember(document, item, "version", std::string_view(pin.version));
    SetMember(document, item, "tenant", std::string_view(pin.scope.tenant));
    SetMember(document, item, "connection", std::string_view(pin.scope.connection));
    document.PushBack(item, document.GetAllocator());
  }
  context.PrintList(document, table, "no pins: every connection uses the active versions\n");
  return 0;
}

}  // namespace

Command PinCommand() {
  std::vector<OptionSpec> options = ScopeOptions();
  options.push_back({"accept-permissions", 0, "", "agree to what that version wants in addition"});
  options.push_back({"dry-run", 0, "", "show what would happen, and change nothing"});
  options.push_back(ReasonOption());
  return {
      "pin",
      "Keep a tenant or a connection on one version of a connector",
      {"NAME@VERSION"},
      options,
      {"connhost pin csv@1.0.0 --tenant acme", "connhost pin csv@1.1.0 --connection acme/orders"},
      Pin};
}

Command UnpinCommand() {
  std::vector<OptionSpec> options = ScopeOptions();
  options.push_back({"dry-run", 0, "", "show what would happen, and change nothing"});
  options.push_back(ReasonOption());
  return {"unpin",
          "Have a tenant or a connection follow the active version again",
          {"NAME"},
          options,
          {"connhost unpin csv --tenant acme"},
          Unpin};
}

Command PinsCommand() {
  return {"pins", "List the versions that tenants and connections keep", {}, {}, {"connhost pins"},
          Pins};
}

}  // namespace connhost
