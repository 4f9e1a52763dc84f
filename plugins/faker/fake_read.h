// One read of one stream: rows, checkpoints, rejections, and the fault at its place.
#pragma once

#include <connhost/sdk.hpp>
#include <cstdint>

#include "plugins/faker/pace.h"
#include "plugins/faker/settings.h"
#include "plugins/faker/shapes.h"

namespace connhost::faker {

// Used for one call of Run. Everything given must outlive it. Main thread.
class FakeRead {
 public:
  // Declares the columns.
  FakeRead(const Settings& settings, sdk::Host host, const RowMaker& maker, sdk::Output& output);

  // Makes the rows behind the first `done`. The fault comes when row `fail_at` was emitted and
  // checkpointed, so that a read which goes on from there is spared it unless `fail_always`.
  void Run(uint64_t done);

 private:
  void MakeRow();
  void Checkpoint();
  void KeepPace();

  const Settings& settings_;
  const sdk::Host host_;
  const RowMaker& maker_;
  sdk::Output& output_;
  sdk::BatchWriter rows_;
  const Pace pace_;
  uint64_t begun_ = 0;  // rows behind this read when it began
  uint64_t done_ = 0;   // rows behind it now
  uint64_t noted_ = 0;  // rows behind the last checkpoint
};

}  // namespace connhost::faker
