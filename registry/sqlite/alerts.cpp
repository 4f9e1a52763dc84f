// compat_alerts.
#include "base/time.h"
#include "registry/sqlite/sqlite_registry.h"
#include "registry/sqlite/statement.h"

namespace connhost {

int64_t SqliteRegistry::AddAlert(const CompatAlert& alert) {
  Transaction transaction(database_);
  Statement(database_,
            "INSERT INTO compat_alerts (tenant, connection, stream, severity, kind, message, "
            "details, created_at, resolved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            alert.tenant, alert.connection, alert.stream, alert.severity, alert.kind, alert.message,
            alert.details, OrNow(alert.created_at), alert.resolved_at)
      .Run();
  const int64_t id = database_.LastRowId();
  transaction.Commit();
  return id;
}

void SqliteRegistry::ResolveAlerts(const std::string& tenant, const std::string& connection,
                                   const std::string& stream, const std::string& kind) {
  const std::string open =
      "resolved_at = 0 AND tenant = ? AND connection = ? AND kind = ? AND ? IN ('', stream)";
  // Most often there are none, and looking costs no sync to the disk.
  if (!Statement(database_, "SELECT 1 FROM compat_alerts WHERE " + open, tenant, connection, kind,
                 stream)
           .Step()) {
    return;
  }
  Transaction transaction(database_);
  Statement(database_, "UPDATE compat_alerts SET resolved_at = ? WHERE " + open, NowMicros(),
            tenant, connection, kind, stream)
      .Run();
  transaction.Commit();
}

std::vector<CompatAlert> SqliteRegistry::ListAlerts(bool open_only) {
  std::vector<CompatAlert> alerts;
  Statement row(database_,
                std::string("SELECT id, tenant, connection, stream, severity, kind, message, "
                            "details, created_at, resolved_at FROM compat_alerts ") +
                    (open_only ? "WHERE resolved_at = 0 " : "") + "ORDER BY id DESC");
  while (row.Step()) {
    alerts.push_back({.id = row.Int(0),
                      .tenant = row.Text(1),
                      .connection = row.Text(2),
                      .stream = row.Text(3),
                      .severity = row.Text(4),
                      .kind = row.Text(5),
                      .message = row.Text(6),
                      .details = row.Text(7),
                      .created_at = row.Int(8),
                      .resolved_at = row.Int(9)});
  }
  return alerts;
}

}  // namespace connhost
