// Which frames a call may give rise to, and how its outcome reads. Format: docs/formats/frame.md
// "Order". Part of the trust border: a frame out of order ends the guest.
#pragma once

#include <cstdint>
#include <optional>

#include "base/error.h"
#include "host/wire/frame.h"

namespace connhost {

// The call that runs in a guest, by the frame that began it; none between calls.
using RunningCall = std::optional<FrameType>;

// "read", "write", "loading"; "" between calls.
const char* CallName(RunningCall call);

// Whether the frame may arrive now. LOG, ALIVE and CONSOLE always may.
bool MayArrive(const Frame& frame, RunningCall call);

// "BATCH during authenticate".
std::string OutOfOrder(const Frame& frame, RunningCall call);

// The kind for a status other than OK; nothing for a number that the contract does not have.
std::optional<ErrorKind> KindOfStatus(uint64_t status);

}  // namespace connhost
