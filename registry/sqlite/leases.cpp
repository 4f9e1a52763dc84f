#include "registry/sqlite/leases.h"

#include "base/error.h"
#include "base/time.h"
#include "registry/sqlite/statement.h"

namespace connhost {
namespace {

const std::string kSelect =
    "SELECT tenant, connection, token, run_id, boot_id, pid_namespace, pid, pid_start, expires_at "
    "FROM connection_leases ";

Lease ReadRow(const Statement& row) {
  return {.tenant = row.Text(0),
          .connection = row.Text(1),
          .token = row.Int(2),
          .run_id = row.Text(3),
          .holder = {.boot_id = row.Text(4),
                     .pid_namespace = row.Int(5),
                     .pid = row.Int(6),
                     .pid_start = row.Int(7)},
          .expires_at = row.Int(8)};
}

}  // namespace

bool Lease::IsLive() const {
  return !run_id.empty() && expires_at > NowMicros() && !holder.KnownDead();
}

Lease ReadLease(Database& database, const std::string& tenant, const std::string& connection) {
  Statement query(database, kSelect + "WHERE tenant = ? AND connection = ?", tenant, connection);
  return query.Step() ? ReadRow(query) : Lease();
}

std::vector<Lease> HeldLeases(Database& database) {
  std::vector<Lease> leases;
  Statement query(database, kSelect + "WHERE run_id IS NOT NULL");
  while (query.Step()) leases.push_back(ReadRow(query));
  return leases;
}

Fence TakeLease(Database& database, const ConnectorRun& run, const LeaseHolder& holder,
                const Lease& before, int64_t expires_at) {
  Fence fence{run.tenant, run.connection, run.id, before.token + 1};
  Statement(database,
            "INSERT OR REPLACE INTO connection_leases (tenant, connection, token, run_id, boot_id, "
            "pid_namespace, pid, pid_start, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            run.tenant, run.connection, fence.token, run.id, holder.boot_id, holder.pid_namespace,
            holder.pid, holder.pid_start, expires_at)
      .Run();
  return fence;
}

void ReleaseLease(Database& database, const std::string& tenant, const std::string& connection) {
  Statement(database,
            "UPDATE connection_leases SET run_id = NULL, expires_at = 0 "
            "WHERE tenant = ? AND connection = ?",
            tenant, connection)
      .Run();
}

bool HoldsLease(Database& database, const Fence& fence) {
  const Lease lease = ReadLease(database, fence.tenant, fence.connection);
  return lease.token == fence.token && lease.run_id == fence.run_id;
}

void RequireLease(Database& database, const Fence& fence) {
  if (HoldsLease(database, fence)) return;
  throw Error(ErrorKind::kCancelled,
              "run " + fence.run_id + " no longer holds the lease of " + fence.tenant + "/" +
                  fence.connection +
                  ": it expired or was given back; nothing was written, and this run must stop");
}

void AbandonRun(Database& database, const Lease& lease) {
  const std::string process =
      "the process of this run (pid " + std::to_string(lease.holder.pid) + ")";
  const std::string reason = lease.holder.KnownDead()
                                 ? process + " ended before the run did"
                                 : process + " did not renew its lease in time";
  Statement(database,
            "UPDATE connector_runs SET status = 'abandoned', finished_at = ?, cause_kind = ?, "
            "cause = ? WHERE id = ? AND status = 'running'",
            NowMicros(), ErrorKindName(ErrorKind::kTransient),
            reason + "; its last committed state stands, the next run goes on from there",
            lease.run_id)
      .Run();
}

void RequireNoRun(Database& database, const std::string& tenant, const std::string& connection) {
  const Lease lease = ReadLease(database, tenant, connection);
  if (lease.run_id.empty()) return;
  if (lease.IsLive()) {
    throw Error(ErrorKind::kTransient, "run " + lease.run_id + " is running on " + tenant + "/" +
                                           connection + "; wait for its end or stop it first");
  }
  AbandonRun(database, lease);
  ReleaseLease(database, tenant, connection);
}

}  // namespace connhost
