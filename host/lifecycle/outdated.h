// Which installed connectors have a newer version somewhere.
#pragma once

#include <string>
#include <vector>

#include "host/lifecycle/package_finder.h"
#include "registry/registry.h"

namespace connhost {

struct OutdatedConnector {
  std::string id;
  std::string active;      // the version in use
  std::string status;      // its status: installed, deprecated
  std::string newest;      // the newest stable version there is; "" when none is offered
  std::string from;        // where that is
  bool outdated = false;   // it is newer than the active one
  bool installed = false;  // and installed already: an upgrade is enough
};

// Every connector with an active version, by id.
std::vector<OutdatedConnector> ListOutdated(Registry& registry, const PackageFinder& finder);

}  // namespace connhost
