#include "host/process/hello_document.h"

#include "base/json.h"
#include "host/wire/frame.h"

namespace connhost {
namespace {

const char* RoleName(WorkerRole role) {
  switch (role) {
    case WorkerRole::kSource:
      return "source";
    case WorkerRole::kDestination:
      return "destination";
    default:
      return "describe";
  }
}

std::string Item(const std::string& text) {
  return QuoteJson(text);
}
std::string Item(uint16_t number) {
  return std::to_string(number);
}

template <class Value>
std::string List(const std::vector<Value>& values) {
  std::string list = "[";
  for (const Value& value : values) {
    if (list.size() > 1) list += ',';
    list += Item(value);
  }
  return list + "]";
}

}  // namespace

std::string HelloDocument(const WorkerSpec& spec, const std::string& scratch) {
  const auto flag = [](bool set) { return std::string(set ? "true" : "false"); };
  return "{\"protocol\":" + std::to_string(kProtocol) + ",\"role\":\"" + RoleName(spec.role) +
         "\",\"library\":" + QuoteJson(spec.library) +
         ",\"sha256\":" + QuoteJson(spec.library_sha256) +
         ",\"connector\":" + QuoteJson(spec.connector) +
         ",\"limits\":{\"memory_bytes\":" + std::to_string(spec.limits.memory_bytes) +
         ",\"cpu_seconds\":" + std::to_string(spec.limits.cpu_seconds) +
         "},\"read_paths\":" + List(spec.read_paths) +
         ",\"write_paths\":" + List(spec.write_paths) + ",\"scratch\":" + QuoteJson(scratch) +
         ",\"ports\":" + List(spec.ports) + ",\"console\":" + flag(spec.console) + "}";
}

}  // namespace connhost
