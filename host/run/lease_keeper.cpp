#include "host/run/lease_keeper.h"

#include <poll.h>

#include "base/error.h"

namespace connhost {
namespace {

constexpr int kGraceMillis = 1200;  // from the request to stop until force

}  // namespace

LeaseKeeper::LeaseKeeper(const Fence& fence, int64_t lease_micros, RegistryFactory open_registry,
                         StopSignal* stop, std::function<std::string()> figures)
    : fence_(fence),
      lease_micros_(lease_micros),
      open_registry_(std::move(open_registry)),
      stop_(*stop),
      figures_(std::move(figures)),
      thread_([this] { Watch(); }) {}

LeaseKeeper::~LeaseKeeper() {
  end_.Request();
  thread_.join();
}

void LeaseKeeper::Watch() {
  const int period = static_cast<int>(lease_micros_ / 3000);
  bool stopping = false;
  while (true) {
    pollfd items[2] = {{end_.request_fd(), POLLIN, 0}, {stop_.request_fd(), POLLIN, 0}};
    const int ready = ::poll(items, stopping ? 1 : 2, stopping ? kGraceMillis : period);
    if (items[0].revents != 0) return;
    if (ready == 0 && stopping) {
      stop_.Force();
      pollfd end{end_.request_fd(), POLLIN, 0};
      ::poll(&end, 1, -1);
      return;
    }
    if (ready == 0 && !Renew()) stop_.Force();
    if (ready > 0) stopping = true;
  }
}

// False when the lease is certainly lost. A registry that cannot be reached now is tried again: the
// fence is checked at every commit anyway.
bool LeaseKeeper::Renew() {
  try {
    if (registry_ == nullptr) registry_ = open_registry_();
    if (!registry_->RenewLease(fence_, lease_micros_)) return false;
    registry_->UpdateRun(fence_, figures_());
    return true;
  } catch (const Error& error) {
    return error.kind() != ErrorKind::kCancelled;
  }
}

}  // namespace connhost
