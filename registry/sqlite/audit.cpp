// audit_log and audit_end, which says where the log ends.
#include "registry/sqlite/audit.h"

#include "base/time.h"
#include "registry/audit_chain.h"
#include "registry/sqlite/sqlite_registry.h"
#include "registry/sqlite/statement.h"

namespace connhost {
namespace {

const std::string kSelect =
    "SELECT seq, at, actor, action, subject, reason, details, hash FROM audit_log ";

AuditRow ReadRow(const Statement& row) {
  return {.seq = row.Int(0),
          .at = row.Int(1),
          .entry = {.actor = row.Text(2),
                    .action = row.Text(3),
                    .subject = row.Text(4),
                    .reason = row.Text(5),
                    .details = row.Text(6)},
          .hash = row.Text(7)};
}

}  // namespace

void AppendAudit(Database& database, const AuditEntry& entry) {
  Statement end(database, "SELECT seq, hash FROM audit_end");
  end.Step();
  AuditRow row{.seq = end.Int(0) + 1, .at = NowMicros(), .entry = entry, .hash = ""};
  row.hash = AuditHash(end.Text(1), row);
  Statement(database,
            "INSERT INTO audit_log (seq, at, actor, action, subject, reason, details, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row.seq, row.at, entry.actor, entry.action, entry.subject, entry.reason, entry.details,
            row.hash)
      .Run();
  Statement(database, "UPDATE audit_end SET seq = ?, hash = ?", row.seq, row.hash).Run();
}

void SqliteRegistry::AddAudit(const AuditEntry& entry) {
  Transaction transaction(database_);
  AppendAudit(database_, entry);
  transaction.Commit();
}

std::vector<AuditRow> SqliteRegistry::ListAudit(int limit) {
  std::vector<AuditRow> rows;
  Statement query(database_, kSelect + "ORDER BY seq DESC LIMIT ?", int64_t{limit});
  while (query.Step()) rows.push_back(ReadRow(query));
  return rows;
}

std::string SqliteRegistry::VerifyAudit() {
  const Transaction one_snapshot(database_);
  AuditChain chain;
  Statement query(database_, kSelect + "ORDER BY seq");
  while (query.Step()) {
    if (std::string fault = chain.Take(ReadRow(query)); !fault.empty()) return fault;
  }
  Statement end(database_, "SELECT seq, hash FROM audit_end");
  if (!end.Step()) return "audit log: where it ends is no longer recorded";
  return chain.End(end.Int(0), end.Text(1));
}

}  // namespace connhost
