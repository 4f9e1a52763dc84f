// What connhost asks of connhost-fetch, and what it answers: one JSON document each, on stdin and
// stdout.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace connhost {

struct FetchRequest {
  std::string url;                // http or https
  std::string output;             // path of the file to write; created 0600
  uint64_t most_bytes = 0;        // a longer body is refused
  bool resume = false;            // go on behind what `output` holds, where the server can
  bool allow_http = false;        // also to other machines than this
  uint32_t connect_seconds = 15;  // for the connection
  uint32_t stall_seconds = 30;    // below 1000 bytes a second for so long ends it
};

struct FetchAnswer {
  uint64_t bytes = 0;    // of `output` now
  bool resumed = false;  // its beginning was there before
};

// Brings one file over HTTP. Errors, each naming the address: kTransient (no connection, broken
// off, the server's fault: what came is kept for a resume), kThrottled, kAuth, kConfig (nothing
// there), kPolicy (an insecure address, a bad certificate, a longer body).
using Fetch = std::function<FetchAnswer(const FetchRequest&)>;

std::string WriteFetchRequest(const FetchRequest& request);
FetchRequest ParseFetchRequest(std::string_view text);

std::string WriteFetchAnswer(const FetchAnswer& answer);
// The answer, or the Error that stands in its place.
std::string WriteFetchError(const class Error& error);
FetchAnswer ParseFetchAnswer(std::string_view text);

}  // namespace connhost
