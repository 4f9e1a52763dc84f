// The Registry on SQLite. The methods are defined table by table: definitions.cpp,
// generations.cpp, trust.cpp, audit.cpp, connections.cpp, runs.cpp, states.cpp, streams.cpp,
// alerts.cpp.
#pragma once

#include <string>
#include <vector>

#include "registry/registry.h"
#include "registry/sqlite/database.h"

namespace connhost {

// Threads and errors as Registry says. Reads are single statements, hence one snapshot each; writes
// are one Transaction each.
class SqliteRegistry final : public Registry {
 public:
  // Opens, creates and migrates `path` (migrations.h). `busy_limit`: see Database.
  explicit SqliteRegistry(const std::string& path,
                          std::chrono::milliseconds busy_limit = std::chrono::seconds(30));

  void AddDefinition(const ConnectorDefinition& definition, const AuditEntry& audit) override;
  std::optional<ConnectorDefinition> FindDefinition(const std::string& id,
                                                    const std::string& version) override;
  std::optional<ConnectorDefinition> ActiveDefinition(const std::string& id) override;
  std::vector<ConnectorDefinition> ListDefinitions() override;
  std::vector<std::string> ListVersions(const std::string& id) override;
  void RemoveDefinition(const std::string& id, const std::string& version,
                        const AuditEntry& audit) override;
  void SetDefinitionStatus(const std::string& id, const std::string& version,
                           const std::string& status, const AuditEntry& audit) override;

  int64_t SwitchVersion(const VersionSwitch& change, const AuditEntry& audit) override;
  std::vector<VersionPin> ListPins() override;
  std::vector<Generation> ListGenerations(const std::string& connector) override;
  std::vector<StreamState> StatesOfGeneration(int64_t generation) override;

  void PutKey(const TrustedKey& key, const AuditEntry& audit) override;
  void RemoveKey(const std::string& id, const AuditEntry& audit) override;
  std::vector<TrustedKey> ListKeys() override;
  void PutCatalog(const Catalog& catalog, const AuditEntry& audit) override;
  void RemoveCatalog(const std::string& name, const AuditEntry& audit) override;
  std::vector<Catalog> ListCatalogs() override;
  void RaiseCatalogSerial(const std::string& name, uint64_t serial) override;

  void AddAudit(const AuditEntry& entry) override;
  std::vector<AuditRow> ListAudit(int limit) override;
  std::string VerifyAudit() override;

  void PutConnection(const TenantConnection& connection) override;
  std::optional<TenantConnection> FindConnection(const std::string& tenant,
                                                 const std::string& name) override;
  std::vector<TenantConnection> ListConnections() override;
  void RemoveConnection(const std::string& tenant, const std::string& name) override;
  void PauseConnection(const std::string& tenant, const std::string& name,
                       const std::string& reason) override;
  void ResumeConnection(const std::string& tenant, const std::string& name) override;

  LeaseAnswer BeginRun(const ConnectorRun& run, const LeaseHolder& holder,
                       int64_t lease_micros) override;
  bool RenewLease(const Fence& fence, int64_t lease_micros) override;
  void UpdateRun(const Fence& fence, const std::string& metrics) override;
  void FinishRun(const Fence& fence, const ConnectorRun& run) override;
  void SweepAbandoned() override;
  std::optional<ConnectorRun> FindRun(const std::string& id_or_prefix) override;
  std::vector<ConnectorRun> ListRuns(const RunFilter& filter) override;

  void CommitState(const Fence& fence, const StreamState& state) override;
  std::optional<StreamState> CurrentState(const std::string& tenant, const std::string& connection,
                                          const std::string& stream) override;
  std::vector<StreamState> ListStates(const std::string& tenant,
                                      const std::string& connection) override;
  std::vector<StreamState> StatesOfRun(const std::string& run_id) override;
  void ClearState(const std::string& tenant, const std::string& connection,
                  const std::string& stream) override;
  void RewindState(const std::string& tenant, const std::string& connection,
                   const std::string& stream, const std::string& run_id) override;

  int PutStream(const StreamSchema& stream) override;
  std::vector<StreamSchema> ListStreams(const std::string& tenant,
                                        const std::string& connection) override;
  std::vector<StreamSchema> StreamHistory(const std::string& tenant, const std::string& connection,
                                          const std::string& stream) override;

  int64_t AddAlert(const CompatAlert& alert) override;
  void ResolveAlerts(const std::string& tenant, const std::string& connection,
                     const std::string& stream, const std::string& kind) override;
  std::vector<CompatAlert> ListAlerts(bool open_only) override;

 private:
  Database database_;
};

// `micros`, or the present when it is 0.
int64_t OrNow(int64_t micros);

}  // namespace connhost
