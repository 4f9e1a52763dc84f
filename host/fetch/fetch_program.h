// Downloads in a process of their own: what a server sends is parsed outside this one, and a
// program that downloads nothing does not load the libraries for it.
#pragma once

#include <string>

#include "host/fetch/fetch_request.h"

namespace connhost {

// Starts `program` (connhost-fetch) for each file. Error{kInternal} when it cannot be started or
// dies.
Fetch FetchWithProgram(std::string program);

}  // namespace connhost
