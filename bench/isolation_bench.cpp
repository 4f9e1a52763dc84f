// The cost of isolation: the same two plugins in one process, batches handed over by pointer, no
// checks, no registry. Beside `connhost run` on the same input, the difference is what processes,
// frames, checks and records cost.
//
// usage: isolation_bench SOURCE.so SOURCE_CONFIG DESTINATION.so DESTINATION_CONFIG STREAM
#include <connhost/plugin.h>
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

connhost_text Text(std::string_view text) {
  return {text.data(), text.size()};
}

[[noreturn]] void Die(const std::string& sentence) {
  std::fprintf(stderr, "isolation_bench: %s\n", sentence.c_str());
  std::exit(1);
}

const connhost_plugin& Load(const char* path) {
  void* library = ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) Die(::dlerror());
  return *static_cast<const connhost_plugin*>(::dlsym(library, CONNHOST_PLUGIN_SYMBOL));
}

connhost_host MakeHost() {
  connhost_host host{};
  host.log = [](const connhost_host*, int32_t, connhost_text) {};
  host.cancelled = [](const connhost_host*) { return int32_t{0}; };
  host.fail = [](const connhost_host*, connhost_text sentence, uint64_t) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(sentence.size), sentence.data);
  };
  host.extension = [](const connhost_host*, const char*) -> const void* { return nullptr; };
  return host;
}

struct Pipe {
  const connhost_destination& destination;
  void* instance;
  uint64_t sequence = 0;
  uint64_t records = 0;
  uint64_t since_commit = 0;
  std::string state;

  static Pipe& Of(const connhost_output* output) { return *static_cast<Pipe*>(output->context); }

  void Commit(bool last) {
    connhost_receipt receipt{};
    const connhost_commit commit{++sequence, Text(state), last ? 1 : 0};
    if (destination.commit(instance, &commit, &receipt) != CONNHOST_OK) Die("commit failed");
    records += receipt.records;
    since_commit = 0;
  }
};

connhost_output MakeOutput(Pipe* pipe) {
  connhost_output output{};
  output.context = pipe;
  output.schema = [](const connhost_output* self, const ArrowSchema* schema) {
    return Pipe::Of(self).destination.open(Pipe::Of(self).instance, schema);
  };
  output.emit = [](const connhost_output* self, ArrowArray* batch, const connhost_origin*) {
    Pipe& pipe_of = Pipe::Of(self);
    connhost_batch_info info{};
    info.sequence = pipe_of.sequence + 1;
    info.emitted_at = 1700000000000000;
    const connhost_status status = pipe_of.destination.write(pipe_of.instance, batch, &info);
    batch->release(batch);
    ++pipe_of.since_commit;
    return status;
  };
  output.checkpoint = [](const connhost_output* self, connhost_text state) {
    Pipe::Of(self).state.assign(state.data, state.size);
    if (Pipe::Of(self).since_commit >= 256) Pipe::Of(self).Commit(false);  // about 256 MiB
    return connhost_status{CONNHOST_OK};
  };
  output.reject = [](const connhost_output*, const connhost_rejection*) {
    return connhost_status{CONNHOST_OK};
  };
  output.progress = [](const connhost_output*, uint64_t, uint64_t) {};
  return output;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) Die("usage: SOURCE.so SOURCE_CONFIG DESTINATION.so DESTINATION_CONFIG STREAM");
  const connhost_host host = MakeHost();
  const connhost_source& source = *Load(argv[1]).source;
  const connhost_destination& destination = *Load(argv[3]).destination;
  void* reader = nullptr;
  void* writer = nullptr;
  if (source.create(&host, Text(argv[2]), &reader) != CONNHOST_OK ||
      destination.create(&host, Text(argv[4]), &writer) != CONNHOST_OK) {
    Die("create failed");
  }
  const std::string stream = argv[5];
  const std::string target =
      R"({"tenant":"acme","connection":"bench","connector":"bench@1.0.0","run_id":"bench","mode":"overwrite","restart":true,"key":[],"stream":")" +
      stream + "\"}";
  const connhost_recovery recovery{nullptr,
                                   [](const connhost_recovery*, uint64_t, connhost_text) {}};
  if (destination.recover(writer, Text(target), &recovery) != CONNHOST_OK) Die("recover failed");
  Pipe pipe{destination, writer, 0, 0, 0, ""};
  const connhost_output output = MakeOutput(&pipe);
  const std::string request = R"({"sync":"full","stream":")" + stream + "\"}";
  const connhost_read_request read{Text(request), Text("")};
  if (source.read(reader, &read, &output) != CONNHOST_OK) Die("read failed");
  pipe.Commit(true);
  destination.destroy(writer);
  source.destroy(reader);
  std::printf("%llu records\n", static_cast<unsigned long long>(pipe.records));
}
