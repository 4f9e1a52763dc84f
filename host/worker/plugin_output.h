// What a reading plugin hands over: the functions behind connhost_output.
#pragma once

#include <connhost/plugin.h>

#include "host/wire/batch.h"
#include "host/wire/schema.h"
#include "host/worker/call.h"

namespace connhost {

// One per read call, main thread only.
class PluginOutput {
 public:
  explicit PluginOutput(const Guest& guest);
  PluginOutput(const PluginOutput&) = delete;
  PluginOutput& operator=(const PluginOutput&) = delete;

  const connhost_output* output() const { return &output_; }

  // Turns OK into a breach where records were emitted after the last checkpoint: the host could
  // never record how far the read has come.
  connhost_status CheckEnd(connhost_status returned);

 private:
  static connhost_status TakeSchema(const connhost_output* output, const ArrowSchema* schema);
  static connhost_status TakeBatch(const connhost_output* output, ArrowArray* batch,
                                   const connhost_origin* origin);
  static connhost_status TakeCheckpoint(const connhost_output* output, connhost_text state);
  static connhost_status TakeRejection(const connhost_output* output,
                                       const connhost_rejection* rejection);
  static void TakeProgress(const connhost_output* output, uint64_t done, uint64_t total);

  template <typename Body>
  connhost_status Guarded(Body body);
  bool SendBatch(const ArrowArray& batch, const connhost_origin* origin);

  Guest guest_;
  connhost_output output_;
  Schema schema_;
  bool has_schema_ = false;
  bool uncovered_ = false;  // records were emitted after the last checkpoint
  BatchEncoder encoder_;
};

}  // namespace connhost
