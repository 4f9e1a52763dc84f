// Any bytes as a file, read under a configuration that the first byte chooses: no input may crash,
// and small buffers must give what large ones give.
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
    return Everything(connhost::sdk::PluginTest(plugin, config).Read(FullRead("t")));
  };
  if (read(connhost_plugin_v1) != read(SteppedPlugin<5, 9>())) std::abort();
  return 0;
}
