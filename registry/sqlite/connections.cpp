// tenant_connections.
#include "base/error.h"
#include "registry/sqlite/leases.h"
#include "registry/sqlite/sqlite_registry.h"
#include "registry/sqlite/statement.h"

namespace connhost {
namespace {

const std::string kSelect =
    "SELECT tenant, name, source, destination, pause_reason, document, created_at, updated_at "
    "FROM tenant_connections ";

TenantConnection ReadRow(const Statement& row) {
  return {.tenant = row.Text(0),
          .name = row.Text(1),
          .source = row.Text(2),
          .destination = row.Text(3),
          .pause_reason = row.Text(4),
          .document = row.Text(5),
          .created_at = row.Int(6),
          .updated_at = row.Int(7)};
}

void RequireChange(Database& database, const std::string& tenant, const std::string& name) {
  if (database.ChangedRows() > 0) return;
  throw Error(ErrorKind::kConfig, "there is no connection " + tenant + "/" + name);
}

void SetPauseReason(Database& database, const std::string& tenant, const std::string& name,
                    const std::string& reason) {
  Transaction transaction(database);
  Statement(database,
            "UPDATE tenant_connections SET pause_reason = ? WHERE tenant = ? AND name = ?", reason,
            tenant, name)
      .Run();
  RequireChange(database, tenant, name);
  transaction.Commit();
}

}  // namespace

void SqliteRegistry::PutConnection(const TenantConnection& connection) {
  Transaction transaction(database_);
  Statement(database_,
            "INSERT INTO tenant_connections (tenant, name, source, destination, document, "
            "created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (tenant, name) DO UPDATE SET source = excluded.source, "
            "destination = excluded.destination, "
            "document = excluded.document, updated_at = excluded.updated_at",
            connection.tenant, connection.name, connection.source, connection.destination,
            connection.document, OrNow(connection.created_at), OrNow(connection.updated_at))
      .Run();
  transaction.Commit();
}

std::optional<TenantConnection> SqliteRegistry::FindConnection(const std::string& tenant,
                                                               const std::string& name) {
  Statement query(database_, kSelect + "WHERE tenant = ? AND name = ?", tenant, name);
  if (!query.Step()) return std::nullopt;
  return ReadRow(query);
}

std::vector<TenantConnection> SqliteRegistry::ListConnections() {
  std::vector<TenantConnection> connections;
  Statement query(database_, kSelect + "ORDER BY tenant, name");
  while (query.Step()) connections.push_back(ReadRow(query));
  return connections;
}

void SqliteRegistry::RemoveConnection(const std::string& tenant, const std::string& name) {
  Transaction transaction(database_);
  RequireNoRun(database_, tenant, name);
  Statement(database_, "DELETE FROM tenant_connections WHERE tenant = ? AND name = ?", tenant, name)
      .Run();
  RequireChange(database_, tenant, name);
  transaction.Commit();
}

void SqliteRegistry::PauseConnection(const std::string& tenant, const std::string& name,
                                     const std::string& reason) {
  SetPauseReason(database_, tenant, name, reason.empty() ? "paused" : reason);
}

void SqliteRegistry::ResumeConnection(const std::string& tenant, const std::string& name) {
  SetPauseReason(database_, tenant, name, "");
  for (const char* kind : {"crash_loop", "package_refused"}) ResolveAlerts(tenant, name, "", kind);
}

}  // namespace connhost
