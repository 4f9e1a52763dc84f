// Keeps a run's lease while it lives, and turns a request to stop into force when it takes too
// long.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "host/run/run_options.h"
#include "host/run/stop_signal.h"

namespace connhost {

// A thread of its own, from construction to destruction. When the lease is lost, the run is forced
// to stop: another run may already write.
class LeaseKeeper {
 public:
  // `figures` gives the metrics to record at each renewal; called on the keeper's thread.
  LeaseKeeper(const Fence& fence, int64_t lease_micros, RegistryFactory open_registry,
              StopSignal* stop, std::function<std::string()> figures);
  ~LeaseKeeper();
  LeaseKeeper(const LeaseKeeper&) = delete;
  LeaseKeeper& operator=(const LeaseKeeper&) = delete;

 private:
  void Watch();
  bool Renew();

  const Fence fence_;
  const int64_t lease_micros_;
  RegistryFactory open_registry_;
  std::unique_ptr<Registry> registry_;  // opened at the first renewal: short runs need none
  StopSignal& stop_;
  std::function<std::string()> figures_;
  StopSignal end_;  // of this thread
  std::thread thread_;
};

}  // namespace connhost
