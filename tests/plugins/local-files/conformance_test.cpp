#include <connhost/conformance.hpp>

namespace {

// A folder of many files, for the check of memory.
std::string LargeFolder() {
  const std::string folder = std::string(WORK) + "/connhost-local-files-large";
  std::filesystem::create_directories(folder);
  for (int i = 1; i <= 500; ++i) std::ofstream(folder + "/" + std::to_string(i)) << i;
  return folder;
}

CONNHOST_CONFORMANCE([] {
  connhost::sdk::Quirks quirks;
  quirks.config = R"({"path":")" SAMPLES R"("})";
  quirks.larger = R"({"path":")" + LargeFolder() + R"("})";
  quirks.skip["secrets"] = "it has none";
  return quirks;
}());

}  // namespace
