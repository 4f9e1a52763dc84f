// What a rewind of a connection's states will have read again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/registry.h"

namespace connhost {

// One stream that goes back to the state a run left.
struct RewoundStream {
  StreamState now;
  StreamState then;
  uint64_t runs = 0;  // since then that committed something of the stream
  uint64_t records =
      0;  // written by them: what the next run will read again, if the source has not changed
};

// The streams ("" = all) that `run` left a state of. Throws Error{kConfig} when it left none.
std::vector<RewoundStream> PlanRewind(Registry& registry, const ConnectorRun& run,
                                      const std::string& stream);

}  // namespace connhost
