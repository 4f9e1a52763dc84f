#include "host/cli/shadow_view.h"

#include <unistd.h>

#include "base/text.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

void ShowTable(CommandContext& context, const ShadowReport& report) {
  TextTable table({"STREAM", ">SAME", ">ONLY " + report.before, ">ONLY " + report.after});
  std::string examples;
  for (const LandedDifference& each : report.streams) {
    table.Add({each.stream, WithThousands(each.same), WithThousands(each.only_before),
               WithThousands(each.only_after)},
              each.none() ? Colour::kNone : Colour::kYellow);
    for (const std::string& example : each.examples) examples += example + "\n";
  }
  context.Print(table.Render(WantsColour(STDOUT_FILENO), TerminalWidth(STDOUT_FILENO)) + examples +
                (report.none() ? "both versions read the same\n"
                               : "the versions differ; nothing was switched\n"));
}

JsonValue ToJson(Json* document, const LandedDifference& difference) {
  JsonValue item(rapidjson::kObjectType);
  SetMember(*document, item, "stream", std::string_view(difference.stream));
  SetMember(*document, item, "same", JsonValue(difference.same));
  SetMember(*document, item, "only_before", JsonValue(difference.only_before));
  SetMember(*document, item, "only_after", JsonValue(difference.only_after));
  JsonValue examples(rapidjson::kArrayType);
  for (const std::string& example : difference.examples) {
    examples.PushBack(JsonText(document, example), document->GetAllocator());
  }
  SetMember(*document, item, "examples", std::move(examples));
  return item;
}

}  // namespace

void ShowShadow(CommandContext& context, const ShadowReport& report) {
  if (!context.json()) return ShowTable(context, report);
  Json document(rapidjson::kObjectType);
  SetMember(document, document, "before", std::string_view(report.before));
  SetMember(document, document, "after", std::string_view(report.after));
  JsonValue streams(rapidjson::kArrayType);
  for (const LandedDifference& each : report.streams) {
    JsonValue item = ToJson(&document, each);
    streams.PushBack(item, document.GetAllocator());
  }
  SetMember(document, document, "streams", std::move(streams));
  context.PrintJson(document);
}

}  // namespace connhost
