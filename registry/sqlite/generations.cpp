// connector_generations, the states kept with them, and connector_pins.
#include "registry/sqlite/generations.h"
#include "base/error.h"
#include "base/time.h"
#include "registry/sqlite/audit.h"
#include "registry/sqlite/definitions.h"
#include "registry/sqlite/leases.h"
#include "registry/sqlite/sqlite_registry.h"
#include "registry/sqlite/statement.h"
#include "registry/sqlite/states.h"

namespace connhost {
namespace {

bool IsForAll(const VersionScope& scope) {
  return scope.tenant.empty();
}

std::string NameOf(const VersionScope& scope) {
  std::string name = scope.connector;
  if (!scope.tenant.empty()) name += " for " + scope.tenant;
  if (!scope.connection.empty()) name += "/" + scope.connection;
  return name;
}

std::string CurrentVersion(Database& database, const VersionScope& scope) {
  Statement query(database,
                  IsForAll(scope)
                      ? "SELECT version FROM connector_definitions WHERE id = ? AND active = 1 "
                        "AND ? = '' AND ? = ''"
                      : "SELECT version FROM connector_pins WHERE connector = ? AND tenant = ? "
                        "AND connection = ?",
                  scope.connector, scope.tenant, scope.connection);
  return query.Step() ? query.Text(0) : "";
}

void RequireVersion(Database& database, const VersionSwitch& change) {
  const std::string current = CurrentVersion(database, change.scope);
  if (current == change.from) return;
  const auto name = [](const std::string& version) { return version.empty() ? "none" : version; };
  throw Error(ErrorKind::kTransient,
              NameOf(change.scope) + ": expected version " + name(change.from) + ", found " +
                  name(current) + ": someone else switched it meanwhile; look at it and try again");
}

std::string DigestOf(Database& database, const std::string& id, const std::string& version) {
  if (version.empty()) return "";
  Statement query(database, "SELECT digest FROM connector_definitions WHERE id = ? AND version = ?",
                  id, version);
  if (query.Step()) return query.Text(0);
  throw Error(ErrorKind::kConfig, id + " " + version + " is not installed; install it first");
}

void SetVersion(Database& database, const VersionScope& scope, const std::string& version) {
  if (IsForAll(scope)) return ActivateVersion(database, scope.connector, version);
  Statement(database,
            "DELETE FROM connector_pins WHERE connector = ? AND tenant = ? AND connection = ?",
            scope.connector, scope.tenant, scope.connection)
      .Run();
  if (version.empty()) return;
  Statement(database,
            "INSERT INTO connector_pins (connector, tenant, connection, version) "
            "VALUES (?, ?, ?, ?)",
            scope.connector, scope.tenant, scope.connection, version)
      .Run();
}

// The generation that a rollback of a new one goes back to: 0 for none.
int64_t PreviousOf(Database& database, const VersionSwitch& change) {
  if (change.kind == "rollback") {
    Statement query(database,
                    "SELECT coalesce(previous, 0) FROM connector_generations WHERE id = ?",
                    change.back_to);
    return query.Step() ? query.Int(0) : 0;
  }
  Statement query(database,
                  "SELECT coalesce(max(id), 0) FROM connector_generations "
                  "WHERE connector = ? AND tenant = ? AND connection = ?",
                  change.scope.connector, change.scope.tenant, change.scope.connection);
  query.Step();
  return query.Int(0);
}

void KeepStates(Database& database, int64_t generation, const ConnectionName& connection) {
  Statement(database,
            "INSERT INTO connector_generation_states (generation, tenant, connection, stream, "
            "sequence, state, state_format, complete) "
            "SELECT ?, tenant, connection, stream, sequence, state, state_format, complete "
            "FROM connector_run_state WHERE tenant = ? AND connection = ? AND current = 1",
            generation, connection.tenant, connection.name)
      .Run();
}

// Replaces the current states by those kept with a generation; a stream that it does not know began
// later and is read from its start, as all are for generation 0.
void ReplaceStates(SqliteRegistry& registry, Database& database, const ConnectionName& connection,
                   int64_t generation) {
  const std::vector<StreamState> kept = registry.StatesOfGeneration(generation);
  for (const StreamState& current : registry.ListStates(connection.tenant, connection.name)) {
    StreamState wanted;
    wanted.tenant = connection.tenant;
    wanted.connection = connection.name;
    wanted.stream = current.stream;
    for (const StreamState& state : kept) {
      if (state.tenant == connection.tenant && state.connection == connection.name &&
          state.stream == current.stream) {
        wanted = state;
      }
    }
    ReplaceState(database, current, wanted);
  }
}

}  // namespace

int64_t InsertGeneration(Database& database, const Generation& generation) {
  Statement(database,
            "INSERT INTO connector_generations (connector, tenant, connection, version, digest, "
            "kind, previous, actor, reason, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?)",
            generation.scope.connector, generation.scope.tenant, generation.scope.connection,
            generation.version, generation.digest, generation.kind, generation.previous,
            generation.actor, generation.reason, OrNow(generation.created_at))
      .Run();
  return database.LastRowId();
}

int64_t SqliteRegistry::SwitchVersion(const VersionSwitch& change, const AuditEntry& audit) {
  Transaction transaction(database_);
  RequireVersion(database_, change);
  const int64_t id =
      InsertGeneration(database_, {.scope = change.scope,
                                   .version = change.to,
                                   .digest = DigestOf(database_, change.scope.connector, change.to),
                                   .kind = change.kind,
                                   .previous = PreviousOf(database_, change),
                                   .actor = audit.actor,
                                   .reason = audit.reason});
  for (const ConnectionName& connection : change.connections) {
    KeepStates(database_, id, connection);
    if (change.states == VersionSwitch::States::kKeep) continue;
    RequireNoRun(database_, connection.tenant, connection.name);
    const bool restore = change.states == VersionSwitch::States::kRestore;
    ReplaceStates(*this, database_, connection, restore ? change.restore_from : 0);
  }
  SetVersion(database_, change.scope, change.to);
  AppendAudit(database_, audit);
  transaction.Commit();
  return id;
}

std::vector<VersionPin> SqliteRegistry::ListPins() {
  std::vector<VersionPin> pins;
  Statement query(database_,
                  "SELECT connector, tenant, connection, version FROM connector_pins "
                  "ORDER BY connector, tenant, connection");
  while (query.Step()) {
    pins.push_back({{query.Text(0), query.Text(1), query.Text(2)}, query.Text(3)});
  }
  return pins;
}

std::vector<Generation> SqliteRegistry::ListGenerations(const std::string& connector) {
  std::vector<Generation> generations;
  Statement query(database_,
                  "SELECT id, connector, tenant, connection, version, digest, kind, "
                  "coalesce(previous, 0), actor, reason, created_at FROM connector_generations "
                  "WHERE connector = ? ORDER BY id DESC",
                  connector);
  while (query.Step()) {
    generations.push_back({.id = query.Int(0),
                           .scope = {query.Text(1), query.Text(2), query.Text(3)},
                           .version = query.Text(4),
                           .digest = query.Text(5),
                           .kind = query.Text(6),
                           .previous = query.Int(7),
                           .actor = query.Text(8),
                           .reason = query.Text(9),
                           .created_at = query.Int(10)});
  }
  return generations;
}

std::vector<StreamState> SqliteRegistry::StatesOfGeneration(int64_t generation) {
  std::vector<StreamState> states;
  Statement query(database_,
                  "SELECT tenant, connection, stream, sequence, state, state_format, complete "
                  "FROM connector_generation_states WHERE generation = ? "
                  "ORDER BY tenant, connection, stream",
                  generation);
  while (query.Step()) {
    StreamState& state = states.emplace_back();
    state.tenant = query.Text(0);
    state.connection = query.Text(1);
    state.stream = query.Text(2);
    state.sequence = static_cast<uint64_t>(query.Int(3));
    state.state = query.Text(4);
    state.state_format = query.Text(5);
    state.complete = query.Bool(6);
  }
  return states;
}

}  // namespace connhost
