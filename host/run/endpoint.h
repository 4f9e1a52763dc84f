// One side of a connection, made concrete: the version that runs, its manifest, its configuration
// and what it is granted.
#pragma once

#include <string>

#include "base/error.h"
#include "host/process/worker_session.h"
#include "host/run/connection_spec.h"
#include "host/run/home.h"
#include "host/store/store.h"
#include "manifests/manifest.h"
#include "registry/registry.h"

namespace connhost {

struct Endpoint {
  ConnectorDefinition definition;
  Manifest manifest;
  std::string config;  // JSON, with the schema's defaults
  WorkerSpec worker;   // role, limits, grants

  // "csv@1.0.0", as envelopes and tables name it.
  std::string Versioned() const { return definition.id + "@" + definition.version; }
};

// The package of the version that is to run is missing or is not what it was: install it again.
class PackageRefused : public Error {
 public:
  using Error::Error;
};

class EndpointResolver {
 public:
  // All borrowed for the object's life. `worker_program` is the path of connhost-worker.
  EndpointResolver(Registry& registry, const Store& store, const Home& home,
                   std::string worker_program);

  // The version that the connection uses (VersionTable). Throws Error{kConfig} when none is
  // installed, the kind does not fit the role, or the configuration breaks the schema;
  // PackageRefused when the package is missing or damaged; Error{kPolicy} when a path would open
  // connhost's own data to the guest.
  Endpoint Resolve(const ConnectionName& whose, const EndpointSpec& spec, WorkerRole role) const;

  // The same for a version that is named: the connection's range and pins are not asked.
  Endpoint ResolveVersion(const ConnectorDefinition& definition, const EndpointSpec& spec,
                          WorkerRole role) const;

  // The manifest of the version that Resolve would choose.
  Manifest ManifestOf(const ConnectionName& whose, const EndpointSpec& spec) const;

 private:
  ConnectorDefinition FindVersion(const ConnectionName& whose, const EndpointSpec& spec) const;
  PackagePaths OpenPackage(const std::string& digest) const;

  Registry& registry_;
  const Store& store_;
  const Home& home_;
  std::string worker_program_;
};

}  // namespace connhost
