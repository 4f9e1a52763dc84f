#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "host/cli/command.h"
#include "host/cli/terminal.h"

namespace connhost {
namespace {

constexpr int64_t kUsualRows = 50;

void List(CommandContext& context) {
  Json document(rapidjson::kArrayType);
  TextTable table({">ROW", "TIME", "WHO", "WHAT", "ON", "WHY"});
  const int64_t limit = context.arguments().GetInt("limit", kUsualRows, 1);
  for (const AuditRow& row : context.registry().ListAudit(static_cast<int>(limit))) {
    const AuditEntry& entry = row.entry;
    table.Add({std::to_string(row.seq), FormatTime(row.at).substr(0, 19) + "Z", entry.actor,
               entry.action, entry.subject, entry.reason});
    JsonValue item(rapidjson::kObjectType);
    const auto text = [&](const char* name, const std::string& value) {
      SetMember(document, item, name, std::string_view(value));
    };
    SetMember(document, item, "row", JsonValue(row.seq));
    SetMember(document, item, "at", JsonTime(&document, row.at));
    text("actor", entry.actor);
    text("action", entry.action);
    text("subject", entry.subject);
    text("reason", entry.reason);
    SetMember(document, item, "details", JsonParsed(&document, entry.details));
    text("hash", row.hash);
    document.PushBack(item, document.GetAllocator());
  }
  context.PrintList(document, table, "nothing was changed yet\n");
}

int Verify(CommandContext& context) {
  const std::string fault = context.registry().VerifyAudit();
  const std::vector<AuditRow> last = context.registry().ListAudit(1);
  const int64_t rows = last.empty() ? 0 : last.front().seq;
  const std::string hash = last.empty() ? "" : last.front().hash;
  if (context.json()) {
    Json document(rapidjson::kObjectType);
    SetMember(document, document, "whole", JsonValue(fault.empty()));
    SetMember(document, document, "problem", std::string_view(fault));
    SetMember(document, document, "rows", JsonValue(rows));
    SetMember(document, document, "hash", std::string_view(hash));
    context.PrintJson(document);
  }
  if (!fault.empty()) throw Error(ErrorKind::kPolicy, fault);
  if (context.json()) return 0;
  context.Print("the audit log is whole: " + WithThousands(static_cast<uint64_t>(rows)) + " rows" +
                (hash.empty() ? "" : ", the last one's hash is " + hash) + "\n");
  return 0;
}

int Audit(CommandContext& context) {
  const std::string what = context.arguments().Positional(0);
  if (what == "verify") return Verify(context);
  if (!what.empty() && what != "list") {
    throw Error(ErrorKind::kUsage, "expected list or verify, found '" + what + "'" +
                                       DidYouMean(what, {"list", "verify"}));
  }
  List(context);
  return 0;
}

}  // namespace

Command AuditCommand() {
  return {"audit",
          "Show who changed what and why, or verify that no row was changed or removed",
          {"[list|verify]"},
          {{"limit", 0, "N", "rows to list, newest first (50)"}},
          {"connhost audit", "connhost audit verify"},
          Audit};
}

}  // namespace connhost
