// Any bytes as a file, read under a configuration that the first byte chooses: no input may crash,
// and small buffers must give what large ones give. Where compressed bytes are damaged the decoder
// may notice with large buffers what lies further ahead, and so give less before it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "tests/plugins/csv/csv_folder.h"

namespace {

constexpr const char* kConfigs[] = {
    "",
    R"(,"header":false)",
    R"(,"trim":true,"delimiter":";")",
    R"(,"comment":"#")",
    R"(,"quote":"")",
    R"(,"encoding":"utf-16")",
    R"(,"encoding":"windows-1252","null_values":["NA","-"])",
    R"(,"header":false,"columns":["a","b","c"],"types":{"a":"int64","b":"number","c":"timestamptz"})",
    R"(,"header":false,"columns":["a","b","c"],"types":{"a":"json","b":"float64","c":"date"})"};

bool IsCompressed(std::string_view text) {
  return text.starts_with("\x1F\x8B") || text.starts_with("\x28\xB5\x2F\xFD");
}

bool OneBeginsTheOther(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  const size_t size = std::min(one.size(), other.size());
  return std::equal(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(size), other.begin());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace connhost::csv;
  if (size == 0) return 0;
  const char* more = kConfigs[data[0] % std::size(kConfigs)];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  static const CsvFolder folder;
  folder.Write("t.csv", text);
  const std::string config = folder.Config("t.csv", more);
  const auto read = [&](const connhost_plugin& plugin) {
    return connhost::sdk::PluginTest(plugin, config).Read(FullRead("t"));
  };
  const connhost::sdk::ReadResult large = read(connhost_plugin_v1);
  const connhost::sdk::ReadResult small = read(SteppedPlugin<5, 9>());
  if (large.status != small.status) std::abort();
  const bool damaged = large.status != CONNHOST_OK && IsCompressed(text);
  if (damaged ? !OneBeginsTheOther(large.rows, small.rows)
              : Everything(large) != Everything(small)) {
    std::abort();
  }
  return 0;
}
