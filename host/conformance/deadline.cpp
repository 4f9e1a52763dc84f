#include "host/conformance/deadline.h"

#include <poll.h>
#include <sys/timerfd.h>

#include <algorithm>

#include "base/error.h"

namespace connhost {

Deadline::Deadline(std::chrono::milliseconds from_now)
    : timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
  const auto millis = std::max<std::chrono::milliseconds::rep>(from_now.count(), 1);
  itimerspec when{};
  when.it_value.tv_sec = millis / 1000;
  when.it_value.tv_nsec = millis % 1000 * 1'000'000;
  if (!timer_.valid() || ::timerfd_settime(timer_.get(), 0, &when, nullptr) != 0) {
    throw ErrnoError(ErrorKind::kInternal, "set a timer");
  }
}

bool Deadline::reached() const {
  pollfd poll{timer_.get(), POLLIN, 0};
  return ::poll(&poll, 1, 0) > 0;
}

}  // namespace connhost
