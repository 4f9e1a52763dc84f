#include "stream_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <thread>

namespace connhost::bronze {

StreamLock::StreamLock(FileSystem& files, const std::string& path, sdk::Host host,
                       std::chrono::milliseconds patience)
    : file_(files.Open(path, O_RDWR | O_CREAT)) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point deadline = Clock::now() + patience;
  while (::flock(file_.fd(), LOCK_EX | LOCK_NB) < 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) ThrowErrno(errno, "lock", path);
    host.Poll();
    if (Clock::now() >= deadline) {
      throw sdk::TransientFailure(
          "another instance is writing this stream: it holds " + path + ", and did not let go in " +
          std::to_string(patience.count()) +
          " ms. Wait for that run to end, or give the connection another path");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace connhost::bronze
