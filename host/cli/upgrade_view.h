// How upgrade, rollback, pin and unpin are asked for, and how a plan is shown.
#pragma once

#include "host/cli/command.h"
#include "host/lifecycle/connector_name.h"
#include "host/upgrade/upgrade_plan.h"

namespace connhost {

// --tenant and --connection, which narrow a change of version.
std::vector<OptionSpec> ScopeOptions();
OptionSpec ReasonOption();

// The scope that NAME and these options name. Error{kUsage} when both are given.
VersionScope ScopeOf(CommandContext& context, const std::string& connector);

// The findings and the connections of a plan: tables on stdout, or one JSON document whose `result`
// is "switched", "refused" or "planned".
void ShowPlan(CommandContext& context, const UpgradePlan& plan, const std::string& result);

// Shows the plan, and what came of it: `act` is not called with --dry-run, and what it throws is
// thrown again after the plan is shown.
int CarryOut(CommandContext& context, const UpgradePlan& plan, const std::function<void()>& act);

}  // namespace connhost
