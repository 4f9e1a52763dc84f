#include "host/cli/upgrade_view.h"

#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

Colour ColourOf(Severity severity) {
  switch (severity) {
    case Severity::kBreaking:
      return Colour::kRed;
    case Severity::kPermission:
    case Severity::kWarning:
      return Colour::kYellow;
    case Severity::kInfo:
      break;
  }
  return Colour::kNone;
}

std::string LabelOf(const ConnectionName& name) {
  return name.tenant.empty() ? "-" : name.Label();
}

JsonValue Text(Json* document, const std::string& text) {
  return JsonText(document, text);
}

void PrintPlanJson(CommandContext& context, const UpgradePlan& plan, const std::string& result) {
  Json document(rapidjson::kObjectType);
  const auto set = [&](JsonValue& object, const char* name, const std::string& text) {
    SetMember(document, object, name, Text(&document, text));
  };
  set(document, "connector", plan.scope.connector);
  set(document, "tenant", plan.scope.tenant);
  set(document, "connection", plan.scope.connection);
  set(document, "from", plan.from);
  set(document, "to", plan.to);
  set(document, "result", result);
  JsonValue connections(rapidjson::kArrayType);
  for (const AffectedConnection& each : plan.connections) {
    JsonValue item(rapidjson::kObjectType);
    set(item, "connection", each.name().Label());
    set(item, "from", each.from);
    set(item, "to", each.to);
    connections.PushBack(item, document.GetAllocator());
  }
  SetMember(document, document, "connections", std::move(connections));
  JsonValue findings(rapidjson::kArrayType);
  for (const UpgradeFinding& finding : plan.findings) {
    JsonValue item(rapidjson::kObjectType);
    set(item, "severity", SeverityName(finding.severity));
    set(item, "connection", finding.connection.tenant.empty() ? "" : finding.connection.Label());
    set(item, "stream", finding.stream);
    set(item, "message", finding.message);
    findings.PushBack(item, document.GetAllocator());
  }
  SetMember(document, document, "findings", std::move(findings));
  context.PrintJson(document);
}

}  // namespace

std::vector<OptionSpec> ScopeOptions() {
  return {{"tenant", 0, "TENANT", "only for this tenant's connections"},
          {"connection", 0, "T/C", "only for this connection"}};
}

OptionSpec ReasonOption() {
  return {"reason", 0, "TEXT", "why, for the audit log"};
}

VersionScope ScopeOf(CommandContext& context, const std::string& connector) {
  const Arguments& arguments = context.arguments();
  if (arguments.Has("tenant") && arguments.Has("connection")) {
    throw Error(ErrorKind::kUsage,
                "expected --tenant or --connection, found both; --connection T/C names its tenant");
  }
  VersionScope scope{.connector = connector, .tenant = arguments.Get("tenant"), .connection = ""};
  if (arguments.Has("connection")) {
    const TenantConnection row = context.Connection(arguments.Get("connection"));
    scope.tenant = row.tenant;
    scope.connection = row.name;
  }
  return scope;
}

void ShowPlan(CommandContext& context, const UpgradePlan& plan, const std::string& result) {
  if (context.json()) return PrintPlanJson(context, plan, result);
  const bool colour = WantsColour(STDOUT_FILENO);
  if (!plan.findings.empty()) {
    TextTable table({"SEVERITY", "CONNECTION", "STREAM", "FINDING"});
    for (const UpgradeFinding& finding : plan.findings) {
      table.Add({SeverityName(finding.severity), LabelOf(finding.connection),
                 finding.stream.empty() ? "-" : finding.stream, finding.message},
                ColourOf(finding.severity));
    }
    context.Print(table.Render(colour, 0));
  }
  if (result == "refused") return;
  const size_t count = plan.connections.size();
  const std::string users = count == 0
                                ? "no connection uses"
                                : Counted(count, "connection") + (count == 1 ? " uses" : " use");
  context.Print(ScopeLabel(plan.scope) + ": " + (plan.from.empty() ? "unpinned" : plan.from) +
                " -> " + (plan.to.empty() ? "unpinned" : plan.to) +
                (result == "planned" ? " would be switched" : "") + "; " + users +
                " it from the next run on\n");
}

int CarryOut(CommandContext& context, const UpgradePlan& plan, const std::function<void()>& act) {
  if (context.arguments().Has("dry-run")) {
    ShowPlan(context, plan, "planned");
    return plan.Has(Severity::kBreaking) ? ExitCode(ErrorKind::kConfig) : 0;
  }
  try {
    act();
  } catch (const Error&) {
    ShowPlan(context, plan, "refused");
    throw;
  }
  ShowPlan(context, plan, "switched");
  return 0;
}

}  // namespace connhost
