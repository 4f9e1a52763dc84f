#include <connhost/conformance.hpp>

namespace {

// A file of many rows, for the check of memory.
std::string LargeFile() {
  const std::string path = std::string(WORK) + "/connhost-csv-large.csv";
  std::ofstream file(path);
  file << "id,customer\n";
  for (int i = 1; i <= 50'000; ++i) file << i << ",customer number " << i << "\n";
  return path;
}

CONNHOST_CONFORMANCE([] {
  connhost::sdk::Quirks quirks;
  quirks.config = R"({"path":")" SAMPLES R"(/*.csv","stream":"orders",
    "types":{"id":"int64","amount":"number","updated_at":"timestamptz"}})";
  quirks.larger = R"({"path":")" + LargeFile() + R"("})";
  quirks.skip["secrets"] = "it has none";
  return quirks;
}());

}  // namespace
