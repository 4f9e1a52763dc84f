#include "host/run/stop_signal.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

#include "base/error.h"

namespace connhost {
namespace {

UniqueFd MakeEvent() {
  UniqueFd fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!fd.valid()) throw ErrnoError(ErrorKind::kTransient, "create an event descriptor");
  return fd;
}

void Fire(int fd) {
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t ignored = ::write(fd, &one, sizeof one);
}

bool Fired(int fd) {
  pollfd item{fd, POLLIN, 0};
  return ::poll(&item, 1, 0) > 0;
}

}  // namespace

StopSignal::StopSignal() : request_(MakeEvent()), force_(MakeEvent()) {}

void StopSignal::Request() {
  Fire(request_.get());
}

void StopSignal::Force() {
  Fire(request_.get());
  Fire(force_.get());
}

void StopSignal::Escalate() {
  Fired(request_.get()) ? Force() : Request();
}

bool StopSignal::requested() const {
  return Fired(request_.get());
}

}  // namespace connhost
