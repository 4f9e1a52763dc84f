// Reads an NDJSON file through the ndjson source into an output that only counts, and says how
// fast.
//
//   ndjson_bench FILE [KEY]
#include <sys/resource.h>

#include <chrono>
#include <connhost/sdk.hpp>
#include <cstdio>

extern "C" const connhost_plugin connhost_plugin_v1;

namespace {

using connhost::sdk::ToText;
using connhost::sdk::ToView;

struct Count {
  uint64_t rows = 0, bytes = 0, checkpoints = 0, rejected = 0;
};

Count& Of(const connhost_output* output) {
  return *static_cast<Count*>(output->context);
}

connhost_output CountingOutput(Count& count) {
  connhost_output output{};
  output.context = &count;
  output.schema = [](const connhost_output*, const ArrowSchema*) { return connhost_status{0}; };
  output.emit = [](const connhost_output* self, ArrowArray* batch, const connhost_origin*) {
    Of(self).rows += static_cast<uint64_t>(batch->length);
    const auto* offsets = static_cast<const int32_t*>(batch->children[0]->buffers[1]);
    Of(self).bytes += static_cast<uint64_t>(offsets[batch->length]);
    batch->release(batch);
    return connhost_status{0};
  };
  output.checkpoint = [](const connhost_output* self, connhost_text) {
    ++Of(self).checkpoints;
    return connhost_status{0};
  };
  output.reject = [](const connhost_output* self, const connhost_rejection*) {
    ++Of(self).rejected;
    return connhost_status{0};
  };
  output.progress = [](const connhost_output*, uint64_t, uint64_t) {};
  return output;
}

connhost_host QuietHost() {
  connhost_host host{};
  host.log = [](const connhost_host*, int32_t, connhost_text) {};
  host.cancelled = [](const connhost_host*) -> int32_t { return 0; };
  host.fail = [](const connhost_host*, connhost_text sentence, uint64_t) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(sentence.size), sentence.data);
  };
  host.extension = [](const connhost_host*, const char*) -> const void* { return nullptr; };
  return host;
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: ndjson_bench FILE [KEY]\n");
    return 2;
  }
  std::string config = "{\"stream\":\"s\",\"path\":", request = "{\"stream\":\"s\",\"key\":[";
  connhost::sdk::AppendJsonString(config, argv[1]);
  if (argc > 2) connhost::sdk::AppendJsonString(request, argv[2]);
  const connhost_host host = QuietHost();
  void* instance = nullptr;
  const connhost_source& source = *connhost_plugin_v1.source;
  if (source.create(&host, ToText(config + "}"), &instance) != CONNHOST_OK) return 1;
  Count count;
  const connhost_output output = CountingOutput(count);
  const std::string stream = request + "],\"sync\":\"full\"}";
  const connhost_read_request read{ToText(stream), ToText("")};
  const double before = CpuSeconds();
  const auto start = std::chrono::steady_clock::now();
  const connhost_status status = source.read(instance, &read, &output);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  const double cpu = CpuSeconds() - before;
  source.destroy(instance);
  const auto million = [](uint64_t n) { return static_cast<double>(n) / 1e6; };
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("status %d, %.2f M rows, %.0f MB, %llu checkpoints, %llu rejected\n", status,
              million(count.rows), million(count.bytes),
              static_cast<unsigned long long>(count.checkpoints),
              static_cast<unsigned long long>(count.rejected));
  std::printf("wall %.2f s, cpu %.2f s, %.0f MB/s, %.2f M rows/s, peak %ld MB\n", wall.count(), cpu,
              million(count.bytes) / cpu, million(count.rows) / cpu, usage.ru_maxrss / 1024);
  return status == CONNHOST_OK ? 0 : 1;
}
