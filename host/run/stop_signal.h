// Asking a run to stop: first gently, then at once.
#pragma once

#include "base/files.h"

namespace connhost {

// Two descriptors that become readable. Any thread; Request and Force may be called from a signal
// handler.
class StopSignal {
 public:
  StopSignal();

  // Commit what has a checkpoint, then end.
  void Request();
  // End now: what is not committed is given up.
  void Force();
  // The first call requests, the second forces: what Ctrl-C does.
  void Escalate();

  bool requested() const;
  int request_fd() const { return request_.get(); }
  int force_fd() const { return force_.get(); }

 private:
  UniqueFd request_, force_;
};

}  // namespace connhost
