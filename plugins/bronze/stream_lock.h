// One writer a stream: a lock file, locked with flock as long as the object lives.
#pragma once

#include <chrono>
#include <string>

#include <connhost/host.hpp>

#include "file_system.h"

namespace connhost::bronze {

class StreamLock {
 public:
  // Waits up to `patience` while another instance holds it, polling the host; then
  // TransientFailure.
  StreamLock(FileSystem& files, const std::string& path, sdk::Host host,
             std::chrono::milliseconds patience);

 private:
  File file_;
};

}  // namespace connhost::bronze
