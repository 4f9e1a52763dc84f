// A connector's manifest: who it is, what it can do, what it asks for. Format:
// docs/formats/manifest.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "manifests/finding.h"

namespace connhost {

struct Taxonomy {
  std::string origin;    // enterprise | third_party | public
  std::string source;    // file, database, api, ...
  std::string provider;  // who runs the system: local, github, ...
  std::string product;   // csv, issues, ...
  std::string method;    // file, rest, sql, ...
};

// Native network access: the names of the config fields that say where to. Either host and port, or
// a URL that holds both.
struct NativeNetwork {
  std::string host_field{};
  std::string port_field{};
  std::string url_field{};
  uint16_t default_port = 0;  // where the configuration says none; 0: it must say one

  const std::string& where() const { return url_field.empty() ? host_field : url_field; }
};

// What one worker may use; policy may lower, never raise.
struct WorkerLimits {
  uint64_t memory_bytes = uint64_t{512} << 20;  // address space
  uint64_t cpu_seconds = 0;                     // 0: no limit
  uint64_t idle_timeout_seconds = 300;          // without a call to the host
};

struct Compliance {
  std::vector<std::string> sensitive_data;
  std::vector<std::string> data_residency;
  std::vector<std::string> security_controls;
};

// A hint about a stream that is known before discovery.
struct StreamHint {
  std::string name;
  std::vector<std::string> key;
  std::string cursor;
};

struct Manifest {
  std::string id;
  std::string version;  // semantic version
  std::string name;
  std::string description;
  std::string publisher;
  std::string license;
  Taxonomy taxonomy;
  bool source = false;
  bool destination = false;
  int abi = 1;                                   // major of the plugin contract
  std::map<std::string, std::string> platforms;  // "linux-x86_64" -> "lib/csv.so"
  std::vector<std::string> capabilities;         // full, incremental, cdc, append, overwrite, ...
  std::vector<std::string> runners;              // local
  std::vector<std::string> network_patterns;     // hosts reached through the host's HTTP
  std::optional<NativeNetwork> native_network;
  std::vector<std::string> read_paths;   // config fields whose paths become readable
  std::vector<std::string> write_paths;  // config fields whose paths become writable
  std::vector<std::string> secrets;      // names of secrets handed to the guest
  Json config_schema;                    // draft-07
  std::vector<StreamHint> streams;
  std::string state_writes;              // state format written; empty: keeps no state
  std::vector<std::string> state_reads;  // formats understood
  uint32_t parallel_streams = 1;
  WorkerLimits limits;
  Compliance compliance;
  Json document;  // the whole manifest as JSON

  bool HasCapability(std::string_view name) const;
};

// Reads YAML or JSON text. Throws Error{kConfig} with every fault, each with field, line and
// column; `what` names the document.
Manifest ParseManifest(std::string_view text, const std::string& what);

// Checks a connector's configuration against the manifest's config schema; unknown keys are faults
// unless the schema says additionalProperties. Returns every fault.
std::vector<Finding> CheckConfig(const Manifest& manifest, const JsonValue& config);

// `config` with the defaults the schema declares for absent top-level members.
Json WithDefaults(const Manifest& manifest, const JsonValue& config);

// An example configuration from the schema's defaults and examples, for `info` and `new`.
Json ExampleConfig(const Manifest& manifest);

// The platform this program was built for: "linux-x86_64".
std::string CurrentPlatform();

}  // namespace connhost
