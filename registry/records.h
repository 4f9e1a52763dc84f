// The rows of the registry, as values. Times are microseconds since 1970 UTC; 0 is "not yet".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace connhost {

// connector_definitions: one version of a connector in the store.
struct ConnectorDefinition {
  std::string id;
  std::string version;
  std::string digest;  // of the package: 64 hex digits of SHA-256, also its place in the store
  std::string kind;    // source | destination | both
  std::string publisher;
  std::string signer;  // key id, "" when unsigned
  int abi = 1;
  std::string state_writes;
  std::vector<std::string> state_reads;
  std::string status = "installed";  // installed | deprecated | broken
  bool active = false;               // the version a connection without a pin gets; one per id
  std::string manifest;              // JSON document
  int64_t installed_at = 0;
};

// tenant_connections.
struct TenantConnection {
  std::string tenant;
  std::string name;
  std::string source;        // connector id
  std::string destination;   // connector id
  std::string pause_reason;  // the sentence; empty: it may run. Put does not read it
  std::string document;      // the connection as applied, JSON, paths absolute
  int64_t created_at = 0;
  int64_t updated_at = 0;
};

enum class RunStatus { kRunning, kSucceeded, kPartial, kFailed, kCancelled, kAbandoned };
const char* RunStatusName(RunStatus status);  // "running", "succeeded", ...
RunStatus RunStatusOf(const std::string& name);

// connector_runs: every run, for ever.
struct ConnectorRun {
  std::string id;
  std::string tenant;
  std::string connection;
  RunStatus status = RunStatus::kRunning;
  std::string source_version;  // "csv@1.0.0"
  std::string source_digest;
  std::string destination_version;
  std::string destination_digest;
  int64_t started_at = 0;
  int64_t finished_at = 0;
  std::string cause_kind;  // ErrorKindName, "" when it succeeded
  std::string cause;       // the sentence
  std::string metrics =
      "{}";                 // JSON: totals, per-stream figures, enforcement (docs/formats/run.md)
  std::string cost = "{}";  // JSON: cpu_seconds, peak_memory_bytes, bytes
};

// connector_run_state: the state of one stream as one run left it.
struct StreamState {
  std::string tenant;
  std::string connection;
  std::string stream;
  std::string run_id;
  uint64_t sequence = 0;     // of the last commit; grows for ever
  std::string state;         // JSON document of the source; "" none
  std::string state_format;  // as the manifest names it
  bool complete = false;     // a full read reached its end
  int64_t updated_at = 0;
};

// stream_registry: one version of a stream's schema.
struct StreamSchema {
  std::string tenant;
  std::string connection;
  std::string stream;
  int version = 0;     // from 1, grows when the schema changes
  std::string schema;  // JSON: {"fields":[{"name","type","nullable"}],"key":[...],"cursor":"..."}
  int64_t discovered_at = 0;
};

// compat_alerts.
struct CompatAlert {
  int64_t id = 0;
  std::string tenant;
  std::string connection;  // "" for a whole connector
  std::string stream;
  std::string severity;  // info | warning | breaking
  std::string kind;      // schema_drift, crash_loop, ...
  std::string message;
  std::string details = "{}";  // JSON
  int64_t created_at = 0;
  int64_t resolved_at = 0;
};

}  // namespace connhost
