#include "host/worker/plugin_output.h"

#include <string>

#include "base/error.h"
#include "host/worker/host_table.h"

namespace connhost {
namespace {

PluginOutput& Self(const connhost_output* output) {
  return *static_cast<PluginOutput*>(output->context);
}

// Releases what the plugin handed over, on every way out.
class BatchOwner {
 public:
  explicit BatchOwner(ArrowArray* batch) : batch_(batch) {}
  BatchOwner(const BatchOwner&) = delete;
  BatchOwner& operator=(const BatchOwner&) = delete;
  ~BatchOwner() {
    if (batch_->release != nullptr) batch_->release(batch_);
  }

 private:
  ArrowArray* batch_;
};

}  // namespace

PluginOutput::PluginOutput(const Guest& guest)
    : guest_(guest), output_{this,           TakeSchema,    TakeBatch,
                             TakeCheckpoint, TakeRejection, TakeProgress} {}

// No exception may enter the plugin; after a breach or a cancellation nothing more is taken.
template <typename Body>
connhost_status PluginOutput::Guarded(Body body) {
  if (guest_.call.breached()) return CONNHOST_INTERNAL;
  if (guest_.call.told_cancelled()) return CONNHOST_CANCELLED;
  try {
    if (!guest_.link.Cancelled() && body() && !guest_.link.Cancelled()) return CONNHOST_OK;
  } catch (const std::exception& failure) {
    guest_.call.Breach(failure.what());
    return CONNHOST_INTERNAL;
  }
  guest_.call.TellCancelled();
  return CONNHOST_CANCELLED;
}

connhost_status PluginOutput::TakeSchema(const connhost_output* output, const ArrowSchema* schema) {
  PluginOutput& self = Self(output);
  return self.Guarded([&] {
    self.schema_ = SchemaFromArrow(*schema);
    self.has_schema_ = true;
    return self.guest_.link.Send(FrameType::kSchema, self.schema_.columns.size(),
                                 EncodeSchema(self.schema_));
  });
}

connhost_status PluginOutput::TakeBatch(const connhost_output* output, ArrowArray* batch,
                                        const connhost_origin* origin) {
  PluginOutput& self = Self(output);
  const BatchOwner owner(batch);
  return self.Guarded([&] { return self.SendBatch(*batch, origin); });
}

bool PluginOutput::SendBatch(const ArrowArray& batch, const connhost_origin* origin) {
  if (!has_schema_) {
    throw Error(ErrorKind::kInternal,
                "a batch was emitted before the schema; call schema() before the first emit()");
  }
  uncovered_ = true;
  return guest_.link.Send(FrameType::kBatch, 0, 0, encoder_.Encode(batch, schema_, origin));
}

connhost_status PluginOutput::TakeCheckpoint(const connhost_output* output, connhost_text state) {
  PluginOutput& self = Self(output);
  return self.Guarded([&] {
    if (state.size > kMaxState) {
      throw Error(ErrorKind::kInternal, "a checkpoint's state of " + std::to_string(state.size) +
                                            " bytes; at most " + std::to_string(kMaxState) +
                                            " are taken: keep less in the state");
    }
    self.uncovered_ = false;
    return self.guest_.link.Send(FrameType::kCheckpoint, 0, ViewOf(state));
  });
}

connhost_status PluginOutput::TakeRejection(const connhost_output* output,
                                            const connhost_rejection* rejection) {
  PluginOutput& self = Self(output);
  return self.Guarded([&] {
    self.uncovered_ = true;
    return self.guest_.link.Send(FrameType::kReject, rejection->position,
                                 EncodeReject({ViewOf(rejection->origin), ViewOf(rejection->code),
                                               ViewOf(rejection->reason), ViewOf(rejection->raw)}));
  });
}

void PluginOutput::TakeProgress(const connhost_output* output, uint64_t done, uint64_t total) {
  PluginOutput& self = Self(output);
  self.Guarded([&] { return self.guest_.link.Send(FrameType::kProgress, done, EncodeU64(total)); });
}

connhost_status PluginOutput::CheckEnd(connhost_status returned) {
  if (returned == CONNHOST_OK && uncovered_ && !guest_.call.told_cancelled()) {
    guest_.call.Breach(
        "read returned OK without a checkpoint after its last records; at the end it has to say "
        "where to go on");
  }
  return returned;
}

}  // namespace connhost
