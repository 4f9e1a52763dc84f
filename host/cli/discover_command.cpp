#include <unistd.h>

#include "base/text.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"
#include "host/run/catalog.h"
#include "host/run/run_log.h"

namespace connhost {
namespace {

std::string FieldList(const JsonValue& schema) {
  std::vector<std::string> fields;
  for (const JsonValue& field : schema["fields"].GetArray()) {
    fields.push_back(std::string(TextOf(field["name"])) + " " + std::string(TextOf(field["type"])));
  }
  return fields.empty() ? "none" : JoinWords(fields, "and");
}

std::string Syncs(const CatalogStream& stream) {
  std::string syncs;
  for (const std::string& sync : stream.sync) syncs += (syncs.empty() ? "" : ", ") + sync;
  return syncs;
}

void Show(CommandContext& context, const std::vector<CatalogStream>& streams) {
  Json document(rapidjson::kArrayType);
  TextTable table({"STREAM", "SYNC", "KEY", "CURSOR", "FIELDS"});
  for (const CatalogStream& stream : streams) {
    JsonValue item = JsonParsed(&document, stream.schema);
    table.Add({stream.name, Syncs(stream), stream.key.empty() ? "-" : JoinWords(stream.key, "and"),
               stream.cursor.empty() ? "-" : stream.cursor, FieldList(item)});
    SetMember(document, item, "name", std::string_view(stream.name));
    document.PushBack(item, document.GetAllocator());
  }
  if (context.json()) return context.PrintJson(document);
  context.Print(table.Render(WantsColour(STDOUT_FILENO), TerminalWidth(STDOUT_FILENO)));
}

int DiscoverStreams(CommandContext& context) {
  const TenantConnection row = context.Connection(context.arguments().Positional(0));
  const ConnectionSpec spec = StoredConnectionSpec(row.document, row.tenant + "/" + row.name);
  const Endpoint source =
      context.resolver().Resolve({row.tenant, row.name}, spec.source, WorkerRole::kSource);
  const auto lines = [&](const GuestLine& line) {
    if (line.level < 2) return;
    WriteAll(
        2,
        std::string(LogLevelName(line.level)) + " " + source.Versioned() + ": " + line.text + "\n",
        "stderr");
  };
  Show(context, Discover(context.registry(), spec, source, -1, lines));
  return 0;
}

}  // namespace

Command DiscoverCommand() {
  return {"discover",
          "Find the streams of a connection and record their schemas",
          {"TENANT/CONNECTION"},
          {},
          {"connhost discover acme/orders", "connhost discover acme/orders --json"},
          DiscoverStreams};
}

}  // namespace connhost
