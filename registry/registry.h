// The registry: what is installed, connected, running and known. The one source of truth.
//
// Threads: an object serves one thread at a time; open one per thread. Many processes may hold the
// same registry open. Every method is one transaction: it happens wholly, durably, or not at all.
// Errors: Error{kTransient} when the database stays busy or the disk is full or fails,
// Error{kConfig} when it cannot be opened for writing, Error{kInternal} on a damaged database or a
// row that breaks a rule of its table (docs/formats/registry.md), each naming the file or server.
// Times: a row's first time (installed_at, created_at, updated_at, started_at, discovered_at; in
// FinishRun finished_at) that is 0 is set to the present.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "registry/records.h"

namespace connhost {

// Who holds a lease: enough to tell, on the same machine, that the holder is dead.
struct LeaseHolder {
  std::string boot_id;        // of the machine's current boot
  int64_t pid_namespace = 0;  // inode: containers share a boot, yet not their process ids
  int64_t pid = 0;
  int64_t pid_start = 0;  // start time of the process in clock ticks since boot

  // Throws Error when /proc is not mounted.
  static LeaseHolder Current();
  // True only when the holder ran under this boot and namespace and its process is gone, or is a
  // zombie.
  bool KnownDead() const;
};

// The right to write for a (tenant, connection): every write of a run carries it, and a write with
// an older token than the lease's fails.
struct Fence {
  std::string tenant;
  std::string connection;
  std::string run_id;
  int64_t token = 0;
};

// What BeginRun answers: a fence, or the run that holds the lease.
struct LeaseAnswer {
  std::optional<Fence> fence;
  std::string held_by_run;  // when there is no fence
  int64_t expires_at = 0;
};

struct RunFilter {
  std::string tenant;      // "" any
  std::string connection;  // "" any
  std::string status;      // "" any
  int limit = 50;          // newest first
};

class Registry {
 public:
  virtual ~Registry() = default;

  // Connectors. Add inserts the version (an equal digest again is no error and keeps the row;
  // another digest under the same id and version is Error{kPolicy}); the first version of a
  // connector is its active one, and others wait for SwitchVersion. `definition.active` is not
  // read.
  virtual void AddDefinition(const ConnectorDefinition& definition, const AuditEntry& audit) = 0;
  virtual std::optional<ConnectorDefinition> FindDefinition(const std::string& id,
                                                            const std::string& version) = 0;
  virtual std::optional<ConnectorDefinition> ActiveDefinition(const std::string& id) = 0;
  virtual std::vector<ConnectorDefinition> ListDefinitions() = 0;  // by id, newest version last
  // The installed versions of one connector, newest last.
  virtual std::vector<std::string> ListVersions(const std::string& id) = 0;
  // Removes one version. Error{kConfig} when there is no such version, when it is the active one
  // and others are installed, when it is pinned, or when it is the last of a connector in use,
  // naming the connections.
  virtual void RemoveDefinition(const std::string& id, const std::string& version,
                                const AuditEntry& audit) = 0;
  // No error when the status stands already; Error{kConfig} when there is no such version.
  virtual void SetDefinitionStatus(const std::string& id, const std::string& version,
                                   const std::string& status, const AuditEntry& audit) = 0;

  // Generations. Switch changes the version that a scope uses, and what becomes of states, in one
  // transaction, and returns the new generation's id. Error{kTransient} when another version stands
  // than `from` (someone else switched), or, naming the run, when states are to change while one is
  // running; Error{kConfig} when the version is not installed.
  virtual int64_t SwitchVersion(const VersionSwitch& change, const AuditEntry& audit) = 0;
  virtual std::vector<VersionPin> ListPins() = 0;
  // Of one connector, newest first.
  virtual std::vector<Generation> ListGenerations(const std::string& connector) = 0;
  // The states kept when the generation began.
  virtual std::vector<StreamState> StatesOfGeneration(int64_t generation) = 0;

  // Trust. Put inserts or replaces; Remove is Error{kConfig} when there is none.
  virtual void PutKey(const TrustedKey& key, const AuditEntry& audit) = 0;
  virtual void RemoveKey(const std::string& id, const AuditEntry& audit) = 0;
  virtual std::vector<TrustedKey> ListKeys() = 0;  // by id
  // Catalogs. Raise records the serial of an index that was read: Error{kPolicy} when a greater one
  // was seen before.
  virtual void PutCatalog(const Catalog& catalog, const AuditEntry& audit) = 0;
  virtual void RemoveCatalog(const std::string& name, const AuditEntry& audit) = 0;
  virtual std::vector<Catalog> ListCatalogs() = 0;  // by name
  virtual void RaiseCatalogSerial(const std::string& name, uint64_t serial) = 0;

  // Audit. Every change above adds its row in its own transaction; Add is for what changes no
  // table. List is newest first. Verify reads every row: the first that does not fit the chain, or
  // that is missing, as a sentence; "" when all is whole.
  virtual void AddAudit(const AuditEntry& entry) = 0;
  virtual std::vector<AuditRow> ListAudit(int limit) = 0;
  virtual std::string VerifyAudit() = 0;

  // Connections. Put inserts or replaces; a replaced one keeps its created_at and stays paused.
  // Remove keeps the
  // runs, states and streams: a connection of the same name goes on from them. Error{kTransient}
  // naming the run while one is running, Error{kConfig} when there is no such connection.
  virtual void PutConnection(const TenantConnection& connection) = 0;
  virtual std::optional<TenantConnection> FindConnection(const std::string& tenant,
                                                         const std::string& name) = 0;
  virtual std::vector<TenantConnection> ListConnections() = 0;  // by tenant, name
  virtual void RemoveConnection(const std::string& tenant, const std::string& name) = 0;
  // From then on no run begins (a running one goes on), and FindConnection tells why. Resume undoes
  // it and resolves the alerts of the kinds `crash_loop` and `package_refused`. No error when it is
  // so already; Error{kConfig} when there is no such connection.
  virtual void PauseConnection(const std::string& tenant, const std::string& name,
                               const std::string& reason) = 0;
  virtual void ResumeConnection(const std::string& tenant, const std::string& name) = 0;

  // Runs. BeginRun takes the lease and inserts the run in one transaction. A lease that expired, or
  // whose holder is known dead, is taken over and its run marked abandoned.
  virtual LeaseAnswer BeginRun(const ConnectorRun& run, const LeaseHolder& holder,
                               int64_t lease_micros) = 0;
  // False when the lease was lost to another run.
  virtual bool RenewLease(const Fence& fence, int64_t lease_micros) = 0;
  // Records figures while running. Error{kCancelled} when the fence is stale.
  virtual void UpdateRun(const Fence& fence, const std::string& metrics) = 0;
  // Writes the final row (all but the id, tenant, connection and started_at) and gives the lease
  // back. A stale fence leaves the abandoned row as it is. Error{kInternal} when `run` is another
  // run or still running.
  virtual void FinishRun(const Fence& fence, const ConnectorRun& run) = 0;
  // Marks as abandoned every running row whose lease expired or whose holder is known dead.
  virtual void SweepAbandoned() = 0;
  // Error{kConfig} naming the runs when a prefix fits more than one.
  virtual std::optional<ConnectorRun> FindRun(const std::string& id_or_prefix) = 0;
  // Error{kConfig} when the filter's status is none.
  virtual std::vector<ConnectorRun> ListRuns(const RunFilter& filter) = 0;

  // State. Commit makes `state` the stream's current state; its sequence must be greater than the
  // current one's and its tenant, connection and run the fence's (Error{kInternal} else).
  // Error{kCancelled} when the fence is stale.
  virtual void CommitState(const Fence& fence, const StreamState& state) = 0;
  virtual std::optional<StreamState> CurrentState(const std::string& tenant,
                                                  const std::string& connection,
                                                  const std::string& stream) = 0;
  virtual std::vector<StreamState> ListStates(const std::string& tenant,
                                              const std::string& connection) = 0;  // current ones
  // The states one run left, per stream.
  virtual std::vector<StreamState> StatesOfRun(const std::string& run_id) = 0;
  // Forgets the state of a stream ("" = all): the next run reads from the start. The sequence
  // stays; the current state's run_id is then "". No error when the stream has no state.
  // Error{kTransient} naming the run when one is running.
  virtual void ClearState(const std::string& tenant, const std::string& connection,
                          const std::string& stream) = 0;
  // Makes the state of the stream ("" = all) that `run_id` (a whole id) left current again. The
  // sequence stays, as in ClearState. Same error, and Error{kConfig} when that run left no state.
  virtual void RewindState(const std::string& tenant, const std::string& connection,
                           const std::string& stream, const std::string& run_id) = 0;

  // Streams. Put returns the version: the same as before when nothing changed, else one more.
  virtual int PutStream(const StreamSchema& stream) = 0;
  virtual std::vector<StreamSchema> ListStreams(const std::string& tenant,
                                                const std::string& connection) = 0;  // latest
  virtual std::vector<StreamSchema> StreamHistory(const std::string& tenant,
                                                  const std::string& connection,
                                                  const std::string& stream) = 0;

  // Alerts. Add returns the id it gave; the list is newest first. Resolve closes those of one kind
  // that are open for a connection and stream ("" = all streams); no error when there are none.
  virtual int64_t AddAlert(const CompatAlert& alert) = 0;
  virtual void ResolveAlerts(const std::string& tenant, const std::string& connection,
                             const std::string& stream, const std::string& kind) = 0;
  virtual std::vector<CompatAlert> ListAlerts(bool open_only) = 0;
};

// Opens (and creates, and migrates) the SQLite registry at `path`.
std::unique_ptr<Registry> OpenSqliteRegistry(const std::string& path);

}  // namespace connhost
