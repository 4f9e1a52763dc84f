// Runs a connection: lease, streams in lanes, figures, the final row.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/run/endpoint.h"
#include "host/run/run_options.h"
#include "host/run/stop_signal.h"
#include "host/run/stream_figures.h"

namespace connhost {

// Told of a run as it goes; called on the thread that called Run.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  // The run has its id and streams. `streams` live until OnEnd returns and may be read from any
  // thread in between.
  virtual void OnStart(const std::string& run_id,
                       const std::vector<std::unique_ptr<StreamProgress>>& streams) = 0;
  virtual void OnEnd() = 0;
};

struct RunOutcome {
  ConnectorRun run;  // the final row
  std::vector<StreamFigures> streams;
  // 0 done, 1 failed, 3 configuration, 4 authentication, 5 partly, 6 policy.
  int exit_code = 0;
};

class RunEngine {
 public:
  // All borrowed. `open_registry` gives other threads a registry of their own.
  RunEngine(Registry& registry, RegistryFactory open_registry, const Store& store, const Home& home,
            std::string worker_program);

  // Throws Error before the run exists (unknown connection, wrong configuration, another run holds
  // the lease: kTransient); after that, what happens is in the outcome.
  RunOutcome Run(const std::string& tenant, const std::string& connection,
                 const RunOptions& options, StopSignal* stop, RunObserver* observer);

 private:
  Registry& registry_;
  RegistryFactory open_registry_;
  const Store& store_;
  const Home& home_;
  std::string worker_program_;
};

}  // namespace connhost
