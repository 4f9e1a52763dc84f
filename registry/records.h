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

// What a change of the registry leaves in audit_log: who did what to what, and why.
struct AuditEntry {
  std::string actor;           // "ada@host7"
  std::string action;          // install, uninstall, upgrade, rollback, pin, unpin, trust, ...
  std::string subject;         // "csv@1.1.0", "acme/orders", a key's id
  std::string reason;          // as a person gave it, may be empty
  std::string details = "{}";  // JSON
};

// audit_log: entries in their order, chained (registry/audit_chain.h).
struct AuditRow {
  int64_t seq = 0;  // from 1, without gaps
  int64_t at = 0;
  AuditEntry entry;
  std::string hash;  // over this row and the hash of the one before
};

// tenant/name.
struct ConnectionName {
  std::string tenant;
  std::string name;

  std::string Label() const { return tenant + "/" + name; }
  bool operator==(const ConnectionName&) const = default;
};

// Where a choice of version holds: for everyone ("" and ""), one tenant ("acme" and "") or one of
// its connections. The narrowest choice wins.
struct VersionScope {
  std::string connector;
  std::string tenant;
  std::string connection;

  bool operator==(const VersionScope&) const = default;
};

// connector_pins: the version that a tenant or connection uses in place of the active one.
struct VersionPin {
  VersionScope scope;
  std::string version;
};

// connector_generations: each change of the version that a scope uses.
struct Generation {
  int64_t id = 0;  // grows
  VersionScope scope;
  std::string version;  // "": from here on the scope follows the wider one
  std::string digest;
  std::string kind;      // install | upgrade | rollback | pin | unpin
  int64_t previous = 0;  // the generation that a rollback goes back to; 0: there is none
  std::string actor;
  std::string reason;
  int64_t created_at = 0;
};

// A change of the version that a scope uses.
struct VersionSwitch {
  VersionScope scope;
  std::string from;     // the version that stands, "" for none: another one there is a conflict
  std::string to;       // "" gives a pin up
  std::string kind;     // of the generation
  int64_t back_to = 0;  // rollback: the generation gone back to
  // The connections whose version changes: their states are kept with the generation, so that a
  // later rollback can restore them.
  std::vector<ConnectionName> connections{};
  // What becomes of their states. Restored ones are those kept with `restore_from`.
  enum class States { kKeep, kClear, kRestore } states = States::kKeep;
  int64_t restore_from = 0;
};

// publisher_keys: who may sign packages and catalogs.
struct TrustedKey {
  std::string id;                     // 16 hex digits, as minisign prints it
  std::string public_key;             // base64, as minisign writes it
  std::vector<std::string> prefixes;  // of the connector ids it may sign; "" any
  std::string comment;
  int64_t added_at = 0;
  int64_t expires_at = 0;  // 0: never
  int64_t revoked_at = 0;  // 0: not
  std::string successor;   // id of the key that replaced it
};

// catalogs: where packages are looked up by name.
struct Catalog {
  std::string name;
  std::string location;  // absolute folder or URL
  std::string key_id;    // of the key that signs its index
  uint64_t serial = 0;   // of the newest index seen
  int64_t added_at = 0;
};

}  // namespace connhost
