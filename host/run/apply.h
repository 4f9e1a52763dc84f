// `apply -f`: connections from a file of documents into the registry.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/run/connection_spec.h"
#include "host/run/endpoint.h"
#include "registry/registry.h"

namespace connhost {

struct Applied {
  std::string label;   // "acme/orders"
  std::string change;  // created | changed | unchanged
  bool scheduled = false;
};

// Reads every document of `text` (YAML or JSON), checks all of them - shape, connectors, versions,
// configurations - and only then writes them, so that a file with a fault changes nothing. Relative
// paths in configurations are below `base`. Throws Error{kConfig}; `what` names the file.
std::vector<Applied> ApplyConnections(const std::string& text, const std::string& what,
                                      const std::filesystem::path& base, Registry& registry,
                                      const EndpointResolver& resolver);

}  // namespace connhost
