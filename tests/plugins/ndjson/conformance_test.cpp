#include <connhost/conformance.hpp>

namespace {

// A file of many documents, for the check of memory.
std::string LargeFile() {
  const std::string path = std::string(WORK) + "/connhost-ndjson-large.ndjson";
  std::ofstream file(path);
  for (int i = 1; i <= 50'000; ++i)
    file << R"({"id":)" << i << R"(,"name":"somebody"})"
         << "\n";
  return path;
}

CONNHOST_CONFORMANCE([] {
  connhost::sdk::Quirks quirks;
  quirks.config = R"({"path":")" SAMPLES R"(","stream":"orders"})";
  quirks.larger = R"({"path":")" + LargeFile() + R"("})";
  quirks.skip["secrets"] = "it has none";
  return quirks;
}());

}  // namespace
