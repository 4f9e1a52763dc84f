// The first frame: what this process is to be. Format: docs/formats/frame.md "HELLO".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connhost {

struct Hello {
  std::string role;  // "describe", "source", "destination"
  std::string library;
  std::string sha256;
  std::string connector;
  uint64_t memory_bytes = 0;  // 0: no limit
  uint64_t cpu_seconds = 0;   // 0: no limit
  std::vector<std::string> read_paths;
  std::vector<std::string> write_paths;
  std::string scratch;
  std::vector<uint16_t> ports;
  bool console = false;
};

// Throws Error{kInternal} naming the member that is missing or of the wrong type, or the protocol
// number when it is not ours.
Hello ParseHello(std::string_view payload);

}  // namespace connhost
