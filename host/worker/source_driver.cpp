#include "host/worker/source_driver.h"

#include <string>

#include "base/error.h"
#include "host/worker/host_table.h"
#include "host/worker/plugin_output.h"

namespace connhost {
namespace {

constexpr uint64_t kMostStreams = 10'000;

class SourceDriver {
 public:
  SourceDriver(const Guest& guest, const connhost_source& source, const connhost_host* host)
      : guest_(guest), source_(source), host_(host), catalog_{this, TakeStream} {}

  void Run() {
    Frame frame;
    while (guest_.link.Next(&frame)) Serve(frame);
    Destroy();
  }

 private:
  void Serve(const Frame& frame) {
    const std::string payload(frame.payload);
    const uint64_t argument = frame.argument;
    const FrameType type = frame.type;
    const bool replace = type == FrameType::kCreate && (frame.flags & kFlagReplace) != 0;
    Answer(guest_, [&] {
      if (replace) Destroy();
      return Dispatch(type, argument, payload);
    });
  }

  void Destroy() {
    if (created_ && source_.destroy != nullptr) source_.destroy(instance_);
    created_ = false;
  }

  connhost_status Dispatch(FrameType type, uint64_t argument, const std::string& payload) {
    if (type == FrameType::kCreate) return Create(payload);
    if (!created_) {
      return Refuse(guest_, CONNHOST_INTERNAL,
                    std::string(FrameTypeName(type)) + " came before a successful CREATE");
    }
    switch (type) {
      case FrameType::kAuthenticate:
        if (source_.authenticate == nullptr) return Lacks("authenticate");
        return source_.authenticate(instance_);
      case FrameType::kDiscover:
        if (source_.discover == nullptr) return Lacks("discover");
        streams_ = 0;
        return source_.discover(instance_, &catalog_);
      case FrameType::kRead:
        return Read(argument, payload);
      default:
        return Refuse(guest_, CONNHOST_INTERNAL,
                      std::string(FrameTypeName(type)) + " is no call to a source");
    }
  }

  connhost_status Create(const std::string& config) {
    if (source_.create == nullptr) return Lacks("create");
    if (created_) return Refuse(guest_, CONNHOST_INTERNAL, "CREATE came twice");
    const connhost_status status = source_.create(host_, TextOf(config), &instance_);
    created_ = status == CONNHOST_OK;
    return status;
  }

  connhost_status Read(uint64_t length, const std::string& payload) {
    if (source_.read == nullptr) return Lacks("read");
    if (length > payload.size()) {
      return Refuse(guest_, CONNHOST_INTERNAL, "READ names a request longer than its payload");
    }
    const std::string_view all = payload;
    const connhost_read_request request{TextOf(all.substr(0, length)), TextOf(all.substr(length))};
    PluginOutput output(guest_);
    return output.CheckEnd(source_.read(instance_, &request, output.output()));
  }

  connhost_status Lacks(const char* call) {
    return Refuse(guest_, CONNHOST_UNSUPPORTED, std::string("this source cannot ") + call);
  }

  static connhost_status TakeStream(const connhost_catalog* catalog, connhost_text document) {
    auto& self = *static_cast<SourceDriver*>(catalog->context);
    if (self.guest_.call.breached()) return CONNHOST_INTERNAL;
    if (++self.streams_ > kMostStreams) {
      self.guest_.call.Breach("discover named more than " + std::to_string(kMostStreams) +
                              " streams");
      return CONNHOST_INTERNAL;
    }
    return self.SendStream(ViewOf(document));
  }

  connhost_status SendStream(std::string_view document) {
    try {
      if (!guest_.link.Cancelled() && guest_.link.Send(FrameType::kStream, 0, document)) {
        return CONNHOST_OK;
      }
    } catch (const std::exception& failure) {
      guest_.call.Breach(failure.what());
      return CONNHOST_INTERNAL;
    }
    guest_.call.TellCancelled();
    return CONNHOST_CANCELLED;
  }

  Guest guest_;
  const connhost_source& source_;
  const connhost_host* host_;
  connhost_catalog catalog_;
  void* instance_ = nullptr;
  bool created_ = false;
  uint64_t streams_ = 0;  // named by the running discover
};

}  // namespace

void DriveSource(const Guest& guest, const connhost_source& source, const connhost_host* host) {
  SourceDriver(guest, source, host).Run();
}

}  // namespace connhost
