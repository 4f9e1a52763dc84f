#include "host/run/native_ports.h"

#include <charconv>

#include "base/error.h"
#include "base/text.h"

namespace connhost {
namespace {

[[noreturn]] void Refuse(const Manifest& manifest, const std::string& field,
                         const std::string& sentence) {
  throw Error(ErrorKind::kConfig, "connector '" + manifest.id + "': " + field + ": " + sentence);
}

uint16_t ReadPort(const Manifest& manifest, const std::string& field, std::string_view text) {
  uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, port);
  if (read.ec != std::errc() || read.ptr != end || port == 0) {
    Refuse(manifest, field, "expected a port from 1 to 65535, found '" + std::string(text) + "'");
  }
  return port;
}

// "b:5433" or "[::1]:5433".
uint16_t PortOfServer(const Manifest& manifest, const NativeNetwork& native,
                      std::string_view server) {
  const size_t bracket = server.rfind(']');
  const size_t colon = server.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon == std::string_view::npos || colon + 1 == server.size()) return native.default_port;
  return ReadPort(manifest, native.url_field, server.substr(colon + 1));
}

std::vector<uint16_t> PortsOfUrl(const Manifest& manifest, const NativeNetwork& native,
                                 std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) {
    Refuse(manifest, native.url_field,
           "expected a URL such as scheme://user@host:port/name, found no '://'");
  }
  std::string_view servers = url.substr(scheme + 3);
  servers = servers.substr(0, servers.find_first_of("/?#"));
  servers = servers.substr(servers.rfind('@') + 1);  // npos + 1 is 0
  std::vector<uint16_t> ports;
  for (const std::string& server : Split(servers, ',')) {
    ports.push_back(PortOfServer(manifest, native, server));
  }
  return ports;
}

}  // namespace

std::vector<uint16_t> NativePorts(const Manifest& manifest, const JsonValue& config) {
  const NativeNetwork& native = *manifest.native_network;
  const std::string& field = native.url_field.empty() ? native.port_field : native.url_field;
  const JsonValue* value = FindMember(config, field);
  if (value != nullptr && value->IsString()) {
    const std::string_view text = TextOf(*value);
    if (native.url_field.empty()) return {ReadPort(manifest, field, text)};
    return PortsOfUrl(manifest, native, text);
  }
  if (value != nullptr && value->IsUint64() && native.url_field.empty()) {
    return {ReadPort(manifest, field, std::to_string(value->GetUint64()))};
  }
  if (value == nullptr && native.default_port > 0) return {native.default_port};
  Refuse(manifest, field, "it says where to connect to, and is missing");
}

}  // namespace connhost
