// Where a stream's run begins: the state of the registry and the last commit of the destination
// brought together. Rules: docs/formats/state.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/run/catalog.h"
#include "registry/records.h"

namespace connhost {

// The state as it is handed to the destination: {"complete":false,"state":{...}}.
std::string WrapState(const std::string& state, bool complete);

// A destination's last durable commit.
struct DestinationCommit {
  uint64_t sequence = 0;
  std::string state;
  bool complete = false;
};
// Error{kConfig} that names `destination` ("csv@1.0.0") when WrapState did not write `wrapped`.
DestinationCommit UnwrapCommit(const std::string& destination, uint64_t sequence,
                               std::string_view wrapped);

struct StartPoint {
  uint64_t sequence = 0;  // of the last commit: the next one is greater
  std::string state;      // to read on from; "" from the start
  bool restart = false;   // the destination is to forget an unfinished overwrite
  bool adopt = false;     // the destination is one commit ahead: record that commit first
  bool complete = false;  // as the last commit said
};

// `remembers`: the destination keeps commits (a console does not). Throws Error{kConfig} when the
// destination has lost commits that the registry knows of and the task would not replace them
// anyway.
StartPoint ChooseStart(const StreamTask& task, bool full, const std::optional<StreamState>& known,
                       const std::optional<DestinationCommit>& committed, bool remembers);

}  // namespace connhost
