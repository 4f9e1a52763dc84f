// connector_runs.
#include "base/error.h"
#include "base/text.h"
#include "base/time.h"
#include "registry/sqlite/leases.h"
#include "registry/sqlite/sqlite_registry.h"
#include "registry/sqlite/statement.h"

namespace connhost {
namespace {

constexpr size_t kMostNamed = 5;  // runs that an ambiguous prefix names

const std::string kSelect =
    "SELECT id, tenant, connection, status, source_version, source_digest, destination_version, "
    "destination_digest, started_at, finished_at, cause_kind, cause, metrics, cost "
    "FROM connector_runs ";

ConnectorRun ReadRow(const Statement& row) {
  return {.id = row.Text(0),
          .tenant = row.Text(1),
          .connection = row.Text(2),
          .status = RunStatusOf(row.Text(3)),
          .source_version = row.Text(4),
          .source_digest = row.Text(5),
          .destination_version = row.Text(6),
          .destination_digest = row.Text(7),
          .started_at = row.Int(8),
          .finished_at = row.Int(9),
          .cause_kind = row.Text(10),
          .cause = row.Text(11),
          .metrics = row.Text(12),
          .cost = row.Text(13)};
}

void Insert(Database& database, const ConnectorRun& run) {
  Statement(database,
            "INSERT INTO connector_runs (id, tenant, connection, status, source_version, "
            "source_digest, destination_version, destination_digest, started_at, finished_at, "
            "cause_kind, cause, metrics, cost) "
            "VALUES (?, ?, ?, 'running', ?, ?, ?, ?, ?, 0, '', '', ?, ?)",
            run.id, run.tenant, run.connection, run.source_version, run.source_digest,
            run.destination_version, run.destination_digest, OrNow(run.started_at), run.metrics,
            run.cost)
      .Run();
}

std::vector<Lease> DeadLeases(Database& database) {
  std::vector<Lease> dead = HeldLeases(database);
  std::erase_if(dead, [](const Lease& lease) { return lease.IsLive(); });
  return dead;
}

std::string NamesOf(const std::vector<ConnectorRun>& runs) {
  std::vector<std::string> ids;
  for (const ConnectorRun& run : runs) ids.push_back(run.id);
  if (ids.size() > kMostNamed) ids.back() = "more";
  return JoinWords(ids);
}

// The listing's SQL: only the columns asked for are compared, so that an index can serve it.
std::string ListSql(const RunFilter& filter) {
  std::string where;
  const auto add = [&where](bool wanted, const char* condition) {
    if (wanted) where += (where.empty() ? "WHERE " : "AND ") + std::string(condition);
  };
  add(!filter.tenant.empty(), "tenant = ?1 ");
  add(!filter.connection.empty(), "connection = ?2 ");
  add(!filter.status.empty(), "status = ?3 ");
  return kSelect + where + "ORDER BY started_at DESC, id DESC LIMIT ?4";
}

}  // namespace

LeaseAnswer SqliteRegistry::BeginRun(const ConnectorRun& run, const LeaseHolder& holder,
                                     int64_t lease_micros) {
  Transaction transaction(database_);
  const Lease lease = ReadLease(database_, run.tenant, run.connection);
  if (lease.IsLive()) return {std::nullopt, lease.run_id, lease.expires_at};
  if (!lease.run_id.empty()) AbandonRun(database_, lease);
  const int64_t expires_at = NowMicros() + lease_micros;
  Insert(database_, run);
  const Fence fence = TakeLease(database_, run, holder, lease, expires_at);
  transaction.Commit();
  return {fence, "", expires_at};
}

bool SqliteRegistry::RenewLease(const Fence& fence, int64_t lease_micros) {
  Transaction transaction(database_);
  if (!HoldsLease(database_, fence)) return false;
  Statement(database_,
            "UPDATE connection_leases SET expires_at = ? WHERE tenant = ? AND connection = ?",
            NowMicros() + lease_micros, fence.tenant, fence.connection)
      .Run();
  transaction.Commit();
  return true;
}

void SqliteRegistry::UpdateRun(const Fence& fence, const std::string& metrics) {
  Transaction transaction(database_);
  RequireLease(database_, fence);
  Statement(database_, "UPDATE connector_runs SET metrics = ? WHERE id = ?", metrics, fence.run_id)
      .Run();
  transaction.Commit();
}

void SqliteRegistry::FinishRun(const Fence& fence, const ConnectorRun& run) {
  if (run.id != fence.run_id || run.status == RunStatus::kRunning) {
    throw Error(ErrorKind::kInternal, "run " + fence.run_id +
                                          " must finish with its own row and a final status, not "
                                          "with that of run " +
                                          run.id + ", " + RunStatusName(run.status));
  }
  Transaction transaction(database_);
  if (!HoldsLease(database_, fence)) return;
  Statement(database_,
            "UPDATE connector_runs SET status = ?, source_version = ?, source_digest = ?, "
            "destination_version = ?, destination_digest = ?, finished_at = ?, cause_kind = ?, "
            "cause = ?, metrics = ?, cost = ? WHERE id = ?",
            RunStatusName(run.status), run.source_version, run.source_digest,
            run.destination_version, run.destination_digest, OrNow(run.finished_at), run.cause_kind,
            run.cause, run.metrics, run.cost, run.id)
      .Run();
  ReleaseLease(database_, fence.tenant, fence.connection);
  transaction.Commit();
}

void SqliteRegistry::SweepAbandoned() {
  if (DeadLeases(database_).empty()) return;  // the usual case takes no lock and writes nothing
  Transaction transaction(database_);
  for (const Lease& lease : DeadLeases(database_)) {
    AbandonRun(database_, lease);
    ReleaseLease(database_, lease.tenant, lease.connection);
  }
  transaction.Commit();
}

std::optional<ConnectorRun> SqliteRegistry::FindRun(const std::string& id_or_prefix) {
  if (id_or_prefix.empty()) return std::nullopt;
  std::vector<ConnectorRun> found;
  Statement query(database_,
                  kSelect + "WHERE id BETWEEN ?1 AND ?1 || char(0x10FFFF) ORDER BY id LIMIT ?2",
                  id_or_prefix, int64_t{kMostNamed + 1});
  while (query.Step()) found.push_back(ReadRow(query));
  if (found.empty()) return std::nullopt;
  if (found.size() == 1 || found.front().id == id_or_prefix) return found.front();
  throw Error(ErrorKind::kConfig, "'" + id_or_prefix + "' is the start of more than one run: " +
                                      NamesOf(found) + "; write more of the id");
}

std::vector<ConnectorRun> SqliteRegistry::ListRuns(const RunFilter& filter) {
  if (!filter.status.empty()) RunStatusOf(filter.status);  // refuses an unknown one
  std::vector<ConnectorRun> runs;
  Statement query(database_, ListSql(filter), filter.tenant, filter.connection, filter.status,
                  filter.limit);
  while (query.Step()) runs.push_back(ReadRow(query));
  return runs;
}

}  // namespace connhost
