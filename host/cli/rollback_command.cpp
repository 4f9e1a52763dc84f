#include "base/error.h"
#include "host/cli/command.h"
#include "host/cli/upgrade_view.h"
#include "host/upgrade/rollback.h"

namespace connhost {
namespace {

int RollBack(CommandContext& context) {
  const Arguments& arguments = context.arguments();
  RollbackOptions options{.force = arguments.Has("force"),
                          .restore_state = arguments.Has("restore-state"),
                          .full = arguments.Has("full"),
                          .actor = CommandContext::Actor(),
                          .reason = arguments.Get("reason")};
  if (options.restore_state && options.full) {
    throw Error(ErrorKind::kUsage,
                "expected --restore-state or --full, found both; the one goes back to kept states, "
                "the other forgets them");
  }
  const EndpointResolver resolver = context.resolver();
  Rollback rollback(context.registry(), resolver);
  const RollbackPlan plan = rollback.Plan(ScopeOf(context, arguments.Positional(0)), options);
  return CarryOut(context, plan.plan, [&] { rollback.Switch(plan, options); });
}

}  // namespace

Command RollbackCommand() {
  std::vector<OptionSpec> options = ScopeOptions();
  options.push_back({"restore-state", 0, "", "also go back to the states kept at the upgrade"});
  options.push_back({"full", 0, "", "forget the states: everything is read again"});
  options.push_back({"force", 0, "", "across a major version, or against a refused configuration"});
  options.push_back({"dry-run", 0, "", "show what would happen, and change nothing"});
  options.push_back(ReasonOption());
  return {"rollback",
          "Go back to the version a connector had before",
          {"NAME"},
          options,
          {"connhost rollback csv --reason 'wrong totals since noon'",
           "connhost rollback csv --tenant acme --restore-state"},
          RollBack};
}

}  // namespace connhost
