// What the header of a frame may say. Format: docs/formats/frame.md "Frame" and "Types".
#pragma once

#include <cstdint>

#include "host/wire/frame.h"

namespace connhost {

// The first 16 bytes of a frame, as they stand on the socket.
struct FrameHeader {
  uint32_t length = 0;  // of the payload, bytes
  uint16_t type = 0;
  uint16_t flags = 0;
  uint64_t argument = 0;
};
static_assert(sizeof(FrameHeader) == 16);

// Checks a header that arrived at `side`: type, direction, flags, and the length that the type
// allows. Throws Error{kInternal} "protocol fault: ...".
void CheckFrameHeader(const FrameHeader& header, Channel::Side side);

}  // namespace connhost
