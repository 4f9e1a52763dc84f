#include <algorithm>

#include "host/cli/command.h"
#include "host/cli/named_install.h"
#include "host/cli/shadow_view.h"
#include "host/cli/signals.h"
#include "host/cli/terminal.h"
#include "host/cli/upgrade_view.h"
#include "host/lifecycle/version_choice.h"
#include "host/upgrade/shadow_run.h"
#include "host/upgrade/upgrader.h"

namespace connhost {
namespace {

// Exit code 1 when the versions differ, for scripts.
int Shadow(CommandContext& context, const ConnectorName& name) {
  const TenantConnection row = context.Connection(context.arguments().Get("shadow"));
  StopSignal stop;
  HandleSignals(&stop);
  ShadowRun shadow(context.registry(), context.store(), context.home(),
                   CommandContext::WorkerProgram());
  const ShadowReport report = shadow.Run(name.id, name.version, {row.tenant, row.name}, &stop);
  ShowShadow(context, report);
  return report.none() ? 0 : 1;
}

// Installs what is asked for when it is not there yet, beside what is; "" leaves the choice to the
// plan.
std::string Bring(CommandContext& context, const ConnectorName& name) {
  const std::vector<std::string> installed = context.registry().ListVersions(name.id);
  if (installed.empty()) return name.version;
  std::optional<InstallResult> brought;
  if (name.version.empty()) {
    brought = InstallBetter(context, name.id, NewestOf(installed));
  } else if (std::find(installed.begin(), installed.end(), name.version) == installed.end()) {
    brought = InstallNamed(context, name.id + "@" + name.version);
  }
  if (!brought) return name.version;
  Tell(name.id + " " + brought->definition.version + " was installed beside what is active\n");
  return brought->definition.version;
}

int Upgrade(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  ConnectorName name = ParseConnectorName(arguments.Positional(0));
  name.version = Bring(context, name);
  if (arguments.Has("shadow")) return Shadow(context, name);
  const EndpointResolver resolver = context.resolver();
  Upgrader upgrader(context.registry(), resolver);
  const UpgradePlan plan = upgrader.Plan(ScopeOf(context, name.id), name.version);
  if (plan.to == plan.from) {
    if (context.json()) {
      ShowPlan(context, plan, "unchanged");
    } else {
      context.Print(ScopeLabel(plan.scope) + " is at " + plan.to + " already\n");
    }
    return 0;
  }
  return CarryOut(context, plan, [&] {
    upgrader.Switch(plan, {.accept_permissions = arguments.Has("accept-permissions"),
                           .actor = CommandContext::Actor(),
                           .reason = arguments.Get("reason")});
  });
}

}  // namespace

Command UpgradeCommand() {
  std::vector<OptionSpec> options = ScopeOptions();
  options.push_back(
      {"accept-permissions", 0, "", "agree to what the new version wants in addition"});
  options.push_back({"dry-run", 0, "", "show what would happen, and switch nothing"});
  options.push_back(
      {"shadow", 0, "T/C", "read this connection with both versions, compare, and switch nothing"});
  options.push_back({"channel", 0, "CHANNEL", "preview: take previews too"});
  options.push_back({"catalog", 0, "NAME", "look in this catalog only"});
  options.push_back({"allow-http", 0, "", "take an address without https"});
  options.push_back(ReasonOption());
  return {"upgrade",
          "Switch a connector to a newer version, after a look at every connection",
          {"NAME[@VERSION]"},
          options,
          {"connhost upgrade csv --dry-run", "connhost upgrade csv@1.1.0",
           "connhost upgrade csv@1.1.0 --shadow acme/orders",
           "connhost upgrade csv@1.1.0 --tenant acme --reason 'try it on one first'"},
          Upgrade};
}

}  // namespace connhost
