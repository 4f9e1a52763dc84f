// Reads a CSV file through the csv source into an output that only counts, and says how fast.
//
//   csv_bench FILE [TYPES]      TYPES as in the configuration: {"id":"int64"}
#include <sys/resource.h>

#include <chrono>
#include <connhost/sdk.hpp>
#include <cstdio>

extern "C" const connhost_plugin connhost_plugin_v1;

namespace {

using connhost::sdk::ToText;

struct Count {
  uint64_t rows = 0, batches = 0, checkpoints = 0, rejected = 0;
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
    ++Of(self).batches;
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
    std::fprintf(stderr, "usage: csv_bench FILE [TYPES]\n");
    return 2;
  }
  std::string config = "{\"stream\":\"s\",\"path\":";
  connhost::sdk::AppendJsonString(config, argv[1]);
  if (argc > 2) config += std::string(",\"types\":") + argv[2];
  const connhost_host host = QuietHost();
  void* instance = nullptr;
  const connhost_source& source = *connhost_plugin_v1.source;
  if (source.create(&host, ToText(config + "}"), &instance) != CONNHOST_OK) return 1;
  Count count;
  const connhost_output output = CountingOutput(count);
  const connhost_read_request read{ToText(R"({"stream":"s","sync":"full"})"), ToText("")};
  const double before = CpuSeconds();
  const auto start = std::chrono::steady_clock::now();
  const connhost_status status = source.read(instance, &read, &output);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  const double cpu = CpuSeconds() - before;
  source.destroy(instance);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const double millions = static_cast<double>(count.rows) / 1e6;
  std::printf("status %d, %.2f M rows, %llu batches, %llu checkpoints, %llu rejected\n", status,
              millions, static_cast<unsigned long long>(count.batches),
              static_cast<unsigned long long>(count.checkpoints),
              static_cast<unsigned long long>(count.rejected));
  std::printf("wall %.2f s, cpu %.2f s, %.2f M rows/s, peak %ld MB\n", wall.count(), cpu,
              millions / cpu, usage.ru_maxrss / 1024);
  return status == CONNHOST_OK ? 0 : 1;
}
