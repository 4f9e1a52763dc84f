// The streams of a source as discovery finds them, and what a connection makes of them.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "host/run/connection_spec.h"
#include "host/run/endpoint.h"
#include "registry/registry.h"

namespace connhost {

// One discovered stream.
struct CatalogStream {
  std::string name;
  std::vector<std::string> key;
  std::string cursor;
  std::vector<std::string> sync;  // full, incremental, cdc
  std::string schema;  // JSON as the stream registry keeps it: {"fields","key","cursor","sync",...}

  bool CanSync(const std::string& how) const;
};

// Reads a STREAM frame's document; throws Error{kInternal} when a source says nonsense.
CatalogStream ReadCatalogStream(const std::string& connector, std::string_view document);

// The streams kept in the registry for a connection.
std::vector<CatalogStream> KnownStreams(Registry& registry, const std::string& tenant,
                                        const std::string& connection);

// Runs discovery in a guest. `cancel_fd` as in WorkerSession.
std::vector<CatalogStream> FindStreams(const Endpoint& source, int cancel_fd,
                                       const WorkerSession::LineSink& lines);

// The same, and records every stream in the registry.
std::vector<CatalogStream> Discover(Registry& registry, const ConnectionSpec& connection,
                                    const Endpoint& source, int cancel_fd,
                                    const WorkerSession::LineSink& lines);

// What one stream of a run is to do.
struct StreamTask {
  std::string name;
  std::string sync = "full";  // full, incremental, cdc
  std::string mode;           // append, upsert, overwrite, history
  std::vector<std::string> key;
  std::string cursor;
  std::string since;

  // The read goes on from the state of the last run, rather than beginning anew once it is
  // complete.
  bool goes_on() const { return sync != "full"; }
};

// The tasks of a connection. Throws Error{kConfig} when a stream is listed that the catalog lacks,
// or when source or destination cannot do what is asked, naming what they can.
std::vector<StreamTask> PlanStreams(const ConnectionSpec& connection,
                                    const std::vector<CatalogStream>& catalog,
                                    const Manifest& source, const Manifest& destination);

}  // namespace connhost
