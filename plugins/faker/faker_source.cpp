// The plugin: made-up records, and faults on demand.
#include <connhost/sdk.hpp>

#include "plugins/faker/fake_read.h"
#include "plugins/faker/settings.h"
#include "plugins/faker/shapes.h"

namespace connhost::faker {

class FakerSource : public sdk::Source {
 public:
  FakerSource(const sdk::Json& config, sdk::Host host)
      : settings_(Settings::From(config)), host_(host) {}

  void Authenticate() override {
    if (settings_.auth_fails) {
      throw sdk::AuthFailure("the credentials were refused on demand; set 'auth' to ok to go on");
    }
  }

  void Discover(sdk::Catalog& catalog) override {
    sdk::StreamInfo stream;
    stream.key = {"id"};
    stream.cursor = "updated_at";
    stream.incremental = true;
    for (uint64_t i = 0; i < settings_.streams; ++i) {
      stream.name = settings_.StreamName(i);
      stream.columns = MakeRowMaker(settings_, i)->columns();
      catalog.Add(stream);
    }
  }

  void Read(const sdk::ReadRequest& request, sdk::Output& output) override {
    const uint64_t stream = IndexOf(request.stream);
    const uint64_t done = RowsDone(request.state);
    const std::unique_ptr<RowMaker> maker = MakeRowMaker(settings_, stream);
    FakeRead read(settings_, host_, *maker, output);
    RefuseStaleState(done);
    read.Run(done);
  }

 private:
  uint64_t IndexOf(const std::string& name) const {
    for (uint64_t i = 0; i < settings_.streams; ++i) {
      if (settings_.StreamName(i) == name) return i;
    }
    throw sdk::ConfigFailure(
        "stream '" + name + "' is not among the " + std::to_string(settings_.streams) + " from '" +
        settings_.StreamName(0) + "' to '" + settings_.StreamName(settings_.streams - 1) + "'");
  }

  // {"next":N}: row N comes next; those before are done.
  static uint64_t RowsDone(const sdk::Json& state) {
    if (state.is_null()) return 0;
    int64_t next = 0;
    try {
      next = state.GetInt("next", 0);
    } catch (const sdk::ConfigFailure& failure) {
      throw sdk::StaleCursorFailure(std::string("the stored state is not one of faker: ") +
                                    failure.what());
    }
    if (next < 1) {
      throw sdk::StaleCursorFailure("the stored state must hold 'next' of at least 1, but is " +
                                    state.Write());
    }
    return static_cast<uint64_t>(next) - 1;
  }

  void RefuseStaleState(uint64_t done) const {
    if (settings_.fault == Fault::kStaleCursor && done >= settings_.fail_at) {
      throw sdk::StaleCursorFailure("the state of row " + std::to_string(done + 1) +
                                    " was refused on demand; a full read is needed");
    }
  }

  const Settings settings_;
  const sdk::Host host_;
};

}  // namespace connhost::faker

CONNHOST_SOURCE("faker", "1.0.0", connhost::faker::FakerSource)
