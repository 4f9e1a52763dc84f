// Reading what a guest's frame holds: when it does not hold what it says, that is the guest's fault
// and told as such.
#pragma once

#include <utility>

#include "base/error.h"
#include "host/process/worker_session.h"
#include "host/run/endpoint.h"

namespace connhost {

// Returns what `decode` does; its Error becomes a GuestFault that names the connector.
template <typename Decode>
auto Decoded(const Endpoint& guest, Decode&& decode) {
  try {
    return std::forward<Decode>(decode)();
  } catch (const Error& fault) {
    throw GuestFault("connector " + guest.definition.id + ": " + fault.what());
  }
}

}  // namespace connhost
