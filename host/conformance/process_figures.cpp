#include "host/conformance/process_figures.h"

#include <cstdlib>
#include <string>

#include "base/files.h"

namespace connhost {
namespace {

uint64_t NumberBehind(const std::string& status, const std::string& name) {
  const size_t at = status.find("\n" + name + ":");
  return at == std::string::npos
             ? 0
             : std::strtoull(status.c_str() + at + name.size() + 2, nullptr, 10);
}

}  // namespace

ProcessFigures FiguresOf(int pid) {
  const std::string status = ReadFile("/proc/" + std::to_string(pid) + "/status");
  return {NumberBehind(status, "Threads"), NumberBehind(status, "RssAnon") << 10};
}

}  // namespace connhost
