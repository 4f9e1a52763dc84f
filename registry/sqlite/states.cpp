// connector_run_state. A row is what one run left of one stream, and is never changed after that
// run; what a person does (clear, rewind) makes a current row without a run, so that any run's
// state can still be gone back to.
#include <limits>

#include "base/error.h"
#include "base/time.h"
#include "registry/sqlite/leases.h"
#include "registry/sqlite/sqlite_registry.h"
#include "registry/sqlite/statement.h"
#include "registry/sqlite/states.h"

namespace connhost {
namespace {

const std::string kSelect =
    "SELECT tenant, connection, stream, run_id, sequence, state, state_format, complete, "
    "updated_at FROM connector_run_state ";

StreamState ReadRow(const Statement& row) {
  return {.tenant = row.Text(0),
          .connection = row.Text(1),
          .stream = row.Text(2),
          .run_id = row.Text(3),
          .sequence = static_cast<uint64_t>(row.Int(4)),
          .state = row.Text(5),
          .state_format = row.Text(6),
          .complete = row.Bool(7),
          .updated_at = row.Int(8)};
}

std::vector<StreamState> ReadAll(Statement& query) {
  std::vector<StreamState> states;
  while (query.Step()) states.push_back(ReadRow(query));
  return states;
}

void RequireOwnAndGrowing(const Fence& fence, const StreamState& state,
                          const std::optional<StreamState>& current) {
  if (state.tenant != fence.tenant || state.connection != fence.connection ||
      state.run_id != fence.run_id) {
    throw Error(ErrorKind::kInternal, "run " + fence.run_id + " of " + fence.tenant + "/" +
                                          fence.connection + " may not write a state of run " +
                                          state.run_id + " of " + state.tenant + "/" +
                                          state.connection);
  }
  const bool grows = !current || state.sequence > current->sequence;
  if (grows && state.sequence <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return;
  throw Error(ErrorKind::kInternal, "the state of stream " + state.stream + " of " + state.tenant +
                                        "/" + state.connection + " has sequence " +
                                        std::to_string(state.sequence) + ": expected one above " +
                                        std::to_string(current ? current->sequence : 0) +
                                        " and below 2^63");
}

// Takes the mark off the current row; one without a run has then no more use.
void RetireCurrent(Database& database, const StreamState& current) {
  const char* const sql =
      current.run_id.empty() ? "DELETE FROM connector_run_state "
                               "WHERE tenant = ? AND connection = ? AND stream = ? AND current = 1"
                             : "UPDATE connector_run_state SET current = 0 "
                               "WHERE tenant = ? AND connection = ? AND stream = ? AND current = 1";
  Statement(database, sql, current.tenant, current.connection, current.stream).Run();
}

void InsertCurrent(Database& database, const StreamState& state) {
  Statement(database,
            "INSERT INTO connector_run_state (tenant, connection, stream, run_id, current, "
            "sequence, state, state_format, complete, updated_at) "
            "VALUES (?, ?, ?, nullif(?, ''), 1, ?, ?, ?, ?, ?) "
            "ON CONFLICT (tenant, connection, stream, run_id) DO UPDATE SET current = 1, "
            "sequence = excluded.sequence, state = excluded.state, "
            "state_format = excluded.state_format, complete = excluded.complete, "
            "updated_at = excluded.updated_at",
            state.tenant, state.connection, state.stream, state.run_id,
            static_cast<int64_t>(state.sequence), state.state, state.state_format, state.complete,
            OrNow(state.updated_at))
      .Run();
}

}  // namespace

void ReplaceState(Database& database, const StreamState& current, StreamState state) {
  state.run_id.clear();
  state.sequence = current.sequence;
  state.updated_at = NowMicros();
  RetireCurrent(database, current);
  InsertCurrent(database, state);
}

void SqliteRegistry::CommitState(const Fence& fence, const StreamState& state) {
  Transaction transaction(database_);
  RequireLease(database_, fence);
  const auto current = CurrentState(state.tenant, state.connection, state.stream);
  RequireOwnAndGrowing(fence, state, current);
  if (current && current->run_id != state.run_id) RetireCurrent(database_, *current);
  InsertCurrent(database_, state);
  transaction.Commit();
}

std::optional<StreamState> SqliteRegistry::CurrentState(const std::string& tenant,
                                                        const std::string& connection,
                                                        const std::string& stream) {
  Statement query(database_,
                  kSelect + "WHERE tenant = ? AND connection = ? AND stream = ? AND current = 1",
                  tenant, connection, stream);
  if (!query.Step()) return std::nullopt;
  return ReadRow(query);
}

std::vector<StreamState> SqliteRegistry::ListStates(const std::string& tenant,
                                                    const std::string& connection) {
  Statement query(database_,
                  kSelect + "WHERE tenant = ? AND connection = ? AND current = 1 ORDER BY stream",
                  tenant, connection);
  return ReadAll(query);
}

std::vector<StreamState> SqliteRegistry::StatesOfRun(const std::string& run_id) {
  Statement query(database_, kSelect + "WHERE run_id = ? ORDER BY stream", run_id);
  return ReadAll(query);
}

void SqliteRegistry::ClearState(const std::string& tenant, const std::string& connection,
                                const std::string& stream) {
  Transaction transaction(database_);
  RequireNoRun(database_, tenant, connection);
  for (const StreamState& current : ListStates(tenant, connection)) {
    if (!stream.empty() && stream != current.stream) continue;
    StreamState forgotten;
    forgotten.tenant = tenant;
    forgotten.connection = connection;
    forgotten.stream = current.stream;
    ReplaceState(database_, current, forgotten);
  }
  transaction.Commit();
}

void SqliteRegistry::RewindState(const std::string& tenant, const std::string& connection,
                                 const std::string& stream, const std::string& run_id) {
  Transaction transaction(database_);
  RequireNoRun(database_, tenant, connection);
  bool found = false;
  for (const StreamState& left : StatesOfRun(run_id)) {
    if (left.tenant != tenant || left.connection != connection) continue;
    if (!stream.empty() && stream != left.stream) continue;
    // A stream that has any state has a current one.
    ReplaceState(database_, CurrentState(tenant, connection, left.stream).value(), left);
    found = true;
  }
  if (!found) {
    throw Error(ErrorKind::kConfig, "run '" + run_id + "' left no state of " +
                                        (stream.empty() ? "any stream" : "stream " + stream) +
                                        " of " + tenant + "/" + connection +
                                        "; choose a run of this connection that committed one");
  }
  transaction.Commit();
}

}  // namespace connhost
