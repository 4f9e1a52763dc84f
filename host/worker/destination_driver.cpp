#include "host/worker/destination_driver.h"

#include <optional>
#include <string>

#include "base/error.h"
#include "host/wire/batch.h"
#include "host/worker/host_table.h"

namespace connhost {
namespace {

// Owns what ToArrow made; `release` may be gone, as a plugin may take the struct over.
template <typename Struct>
class ArrowOwner {
 public:
  ArrowOwner() = default;
  ArrowOwner(const ArrowOwner&) = delete;
  ArrowOwner& operator=(const ArrowOwner&) = delete;
  ~ArrowOwner() {
    if (value.release != nullptr) value.release(&value);
  }
  Struct value{};
};

class DestinationDriver {
 public:
  DestinationDriver(const Guest& guest, const connhost_destination& destination,
                    const connhost_host* host)
      : guest_(guest), destination_(destination), host_(host) {}

  void Run() {
    Frame frame;
    while (guest_.link.Next(&frame)) {
      if (!failed_) Serve(frame);
    }
    Destroy();
  }

 private:
  struct BatchContext {
    DestinationDriver* driver;
    uint32_t rows;
  };

  void Serve(const Frame& frame) {
    if (frame.type == FrameType::kBatch) {
      const connhost_status status = RunCall(guest_, true, [&] { return Write(frame); });
      failed_ = status != CONNHOST_OK;
      if (failed_) SendResult(guest_, status);
      return;
    }
    const std::string payload(frame.payload);
    Frame call = frame;
    call.payload = payload;
    Answer(guest_, [&] { return Dispatch(call); });
  }

  void Destroy() {
    if (created_ && destination_.destroy != nullptr) destination_.destroy(instance_);
    created_ = false;
  }

  connhost_status Dispatch(const Frame& frame) {
    if (frame.type == FrameType::kCreate) {
      if ((frame.flags & kFlagReplace) != 0) Destroy();
      return Create(frame.payload);
    }
    if (!created_) return TooEarly(frame.type, "a successful CREATE");
    switch (frame.type) {
      case FrameType::kAuthenticate:
        if (destination_.authenticate == nullptr) return Lacks("authenticate");
        return destination_.authenticate(instance_);
      case FrameType::kRecover:
        return Recover(frame.payload);
      case FrameType::kSchema:
        return Open(frame);
      case FrameType::kFlush:
        return CONNHOST_OK;  // every batch before it has been served
      case FrameType::kCommit:
        return Commit(frame);
      default:
        return Refuse(guest_, CONNHOST_INTERNAL,
                      std::string(FrameTypeName(frame.type)) + " is no call to a destination");
    }
  }

  connhost_status Create(std::string_view config) {
    if (destination_.create == nullptr) return Lacks("create");
    if (created_) return Refuse(guest_, CONNHOST_INTERNAL, "CREATE came twice");
    const connhost_status status = destination_.create(host_, TextOf(config), &instance_);
    created_ = status == CONNHOST_OK;
    return status;
  }

  connhost_status Recover(std::string_view stream) {
    if (destination_.recover == nullptr) return Lacks("recover");
    const connhost_recovery recovery{this, TakeRecovered};
    recovered_ = false;
    return destination_.recover(instance_, TextOf(stream), &recovery);
  }

  connhost_status Open(const Frame& frame) {
    if (destination_.open == nullptr) return Lacks("open");
    schema_ = DecodeSchema(frame.payload, frame.argument);
    ArrowOwner<ArrowSchema> schema;
    SchemaToArrow(*schema_, &schema.value);
    return destination_.open(instance_, &schema.value);
  }

  connhost_status Write(const Frame& frame) {
    if (!schema_ || !created_) return TooEarly(frame.type, "SCHEMA");
    if (destination_.write == nullptr) return Lacks("write");
    DecodeBatch(frame.payload, *schema_, &batch_);
    ArrowOwner<ArrowArray> array;
    BatchToArrow(batch_, *schema_, &array.value);
    BatchContext context{this, batch_.rows};
    const connhost_batch_info info{
        frame.argument, batch_.emitted_at, {TextOf(batch_.origin), batch_.first}, &context, Reject};
    return destination_.write(instance_, &array.value, &info);
  }

  connhost_status Commit(const Frame& frame) {
    if (destination_.commit == nullptr) return Lacks("commit");
    const connhost_commit commit{frame.argument, TextOf(frame.payload),
                                 (frame.flags & kFlagLast) != 0 ? 1 : 0};
    connhost_receipt receipt{};
    const connhost_status status = destination_.commit(instance_, &commit, &receipt);
    if (status == CONNHOST_OK && !guest_.call.breached()) {
      guest_.link.Send(FrameType::kReceipt, receipt.records, EncodeU64(receipt.bytes));
    }
    return status;
  }

  connhost_status Lacks(const char* call) {
    return Refuse(guest_, CONNHOST_UNSUPPORTED, std::string("this destination cannot ") + call);
  }

  connhost_status TooEarly(FrameType type, const char* needed) {
    return Refuse(guest_, CONNHOST_INTERNAL,
                  std::string(FrameTypeName(type)) + " came before " + needed);
  }

  static void TakeRecovered(const connhost_recovery* recovery, uint64_t sequence,
                            connhost_text state) {
    auto& self = *static_cast<DestinationDriver*>(recovery->context);
    if (self.recovered_) {
      self.guest_.call.Breach("recover named more than one last commit");
    } else if (state.size > kMaxWrappedState) {
      self.guest_.call.Breach("recover gave a state of " + std::to_string(state.size) +
                              " bytes; at most " + std::to_string(kMaxWrappedState) + " are taken");
    } else {
      self.recovered_ = true;
      self.guest_.link.Send(FrameType::kRecovered, sequence, ViewOf(state));
    }
  }

  static void Reject(const connhost_batch_info* info, uint64_t row, connhost_text code,
                     connhost_text reason) {
    const auto& context = *static_cast<BatchContext*>(info->context);
    const Guest& guest = context.driver->guest_;
    if (row >= context.rows) {
      guest.call.Breach("row " + std::to_string(row) + " of a batch of " +
                        std::to_string(context.rows) + " rows was rejected");
      return;
    }
    try {
      guest.link.Send(FrameType::kReject, row,
                      EncodeReject({{}, ViewOf(code), ViewOf(reason), {}}));
    } catch (const std::exception& failure) {
      guest.call.Breach(failure.what());
    }
  }

  Guest guest_;
  const connhost_destination& destination_;
  const connhost_host* host_;
  void* instance_ = nullptr;
  bool created_ = false;
  bool failed_ = false;     // a batch was not taken
  bool recovered_ = false;  // by the running recover
  std::optional<Schema> schema_;
  BatchView batch_;
};

}  // namespace

void DriveDestination(const Guest& guest, const connhost_destination& destination,
                      const connhost_host* host) {
  DestinationDriver(guest, destination, host).Run();
}

}  // namespace connhost
