#include "base/error.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

int ShowSchema(CommandContext& context) {
  const std::string action = context.arguments().Positional(0);
  if (action != "show") {
    throw Error(ErrorKind::kUsage, "schema: expected show, found '" + action + "'");
  }
  const TenantConnection row = context.Connection(context.arguments().Positional(1));
  const std::string wanted = context.arguments().Get("stream");
  Json document(rapidjson::kArrayType);
  TextTable table({"STREAM", ">VERSION", "COLUMN", "TYPE", "NULLABLE"});
  for (const StreamSchema& stream : context.registry().ListStreams(row.tenant, row.name)) {
    if (!wanted.empty() && stream.stream != wanted) continue;
    JsonValue item = JsonParsed(&document, stream.schema);
    for (const JsonValue& field : item["fields"].GetArray()) {
      table.Add({stream.stream, std::to_string(stream.version), std::string(TextOf(field["name"])),
                 std::string(TextOf(field["type"])), field["nullable"].GetBool() ? "yes" : "no"});
    }
    SetMember(document, item, "stream", std::string_view(stream.stream));
    SetMember(document, item, "version", JsonValue(stream.version));
    SetMember(document, item, "discovered_at", JsonTime(&document, stream.discovered_at));
    document.PushBack(item, document.GetAllocator());
  }
  context.PrintList(
      document, table,
      "no schema on record; 'connhost discover " + row.tenant + "/" + row.name + "' finds them\n");
  return 0;
}

}  // namespace

Command SchemaCommand() {
  return {"schema",
          "Show the columns of a connection's streams as last discovered",
          {"show", "TENANT/CONNECTION"},
          {{"stream", 's', "NAME", "only this stream"}},
          {"connhost schema show acme/orders"},
          ShowSchema};
}

}  // namespace connhost
