#include "base/time.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

int Alerts(CommandContext& context) {
  Json document(rapidjson::kArrayType);
  TextTable table({"TIME", "SEVERITY", "CONNECTION", "STREAM", "WHAT"});
  for (const CompatAlert& alert : context.registry().ListAlerts(!context.arguments().Has("all"))) {
    const std::string label = alert.tenant + "/" + alert.connection;
    table.Add({FormatTime(alert.created_at).substr(0, 19) + "Z", alert.severity, label,
               alert.stream, alert.message},
              alert.severity == "breaking" ? Colour::kRed : Colour::kNone);
    JsonValue item(rapidjson::kObjectType);
    const auto text = [&](const char* name, const std::string& value) {
      SetMember(document, item, name, std::string_view(value));
    };
    SetMember(document, item, "id", JsonValue(alert.id));
    text("severity", alert.severity);
    text("kind", alert.kind);
    text("connection", label);
    text("stream", alert.stream);
    text("message", alert.message);
    SetMember(document, item, "details", JsonParsed(&document, alert.details));
    SetMember(document, item, "created_at", JsonTime(&document, alert.created_at));
    SetMember(document, item, "resolved_at", JsonTime(&document, alert.resolved_at));
    document.PushBack(item, document.GetAllocator());
  }
  context.PrintList(document, table, "no alerts\n");
  return 0;
}

}  // namespace

Command AlertsCommand() {
  return {"alerts",
          "List what needs a person's attention",
          {},
          {{"all", 0, "", "also those that are resolved"}},
          {"connhost alerts"},
          Alerts};
}

}  // namespace connhost
