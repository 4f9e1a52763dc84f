// Two versions of a source side by side on one connection, and what differs in what they read.
#pragma once

#include <string>
#include <vector>

#include "host/run/run_engine.h"
#include "host/upgrade/landed_difference.h"

namespace connhost {

struct ShadowReport {
  std::string before;  // versions
  std::string after;
  std::vector<LandedDifference> streams;

  bool none() const;  // no difference at all
};

// Borrows all; one thread.
class ShadowRun {
 public:
  ShadowRun(Registry& registry, const Store& store, const Home& home, std::string worker_program);

  // Reads the connection's streams from its current states with the version it uses and with
  // `version`, one after the other, into a folder of CONNHOST_HOME that is gone afterwards: no
  // state, landed record or run of the connection changes. Error{kConfig} when `connector` is not
  // its source, `bronze` is not installed or a run fails for such a reason; of other kinds as the
  // runs fail.
  ShadowReport Run(const std::string& connector, const std::string& version,
                   const ConnectionName& connection, StopSignal* stop);

 private:
  class Side;

  Registry& registry_;
  const Store& store_;
  const Home& home_;
  std::string worker_program_;
};

}  // namespace connhost
